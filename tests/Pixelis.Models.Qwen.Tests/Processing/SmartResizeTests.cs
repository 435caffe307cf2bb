using System.Text.Json.Nodes;
using FsCheck;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen.Tests.Processing;

public class SmartResizeTests
{
    [Fact]
    public void AgreesWithEveryRowOfTheReferencesTable()
    {
        JsonArray rows = GoldenPreprocess.Cases()["smart_resize"]!.AsArray();
        Assert.True(rows.Count > 100);
        foreach (JsonNode? row in rows)
        {
            int[] v = [.. row!.AsArray().Select(n => (int)n!)];
            Assert.Equal((v[5], v[6]), SmartResize.Fit(v[0], v[1], v[2], v[3], v[4]));
        }
    }

    [Fact]
    public void RefusesWhatTheReferenceRefuses()
    {
        foreach (JsonNode? row in GoldenPreprocess.Cases()["smart_resize_errors"]!.AsArray())
        {
            var error = Assert.Throws<ImageShapeException>(() => SmartResize.Fit((int)row![0]!, (int)row[1]!, 28, 3136, 1003520));
            Assert.Contains("200", error.Message);
        }
    }

    [Theory]
    [InlineData(70, 56)] // 2.5 units round to even: 2
    [InlineData(42, 56)] // 1.5 units round to even: 2
    [InlineData(98, 112)] // 3.5 units round to even: 4
    public void HalvesRoundToEven(int side, int expected) =>
        Assert.Equal((expected, expected), SmartResize.Fit(side, side, 28, 28 * 28, 28 * 28 * 1280));

    [Fact]
    public void ResultsAreMultiplesWithinTheLimits() =>
        FsCheck.Fluent.Prop.ForAll(
            FsCheck.Fluent.ArbMap.Default.ArbFor<(ushort Height, ushort Width)>(),
            size =>
            {
                int height = size.Height % 4000 + 1, width = size.Width % 4000 + 1;
                if ((double)Math.Max(height, width) / Math.Min(height, width) > 200)
                    return true;
                (int h, int w) = SmartResize.Fit(height, width, 28, 3136, 1003520);
                return h % 28 == 0 && w % 28 == 0 && h > 0 && w > 0 && (long)h * w >= 3136 && ((long)h * w <= 1003520 || h == 28 || w == 28);
            }).QuickCheckThrowOnFailure();
}
