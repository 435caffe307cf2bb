using Pixelis.Trajectories;

namespace Pixelis.Data.Tests;

public sealed class PixelBenchGeneratorTests
{
    public static TheoryData<PixelBenchFamily> Families => [.. Enum.GetValues<PixelBenchFamily>()];

    [Theory]
    [MemberData(nameof(Families))]
    public void TheSameNumberGivesTheSamePixels(PixelBenchFamily family)
    {
        Example first = new PixelBenchGenerator().Create(family, 2, 17), second = new PixelBenchGenerator().Create(family, 2, 17);
        Assert.Equal(Hash(first), Hash(second));
        Assert.Equal(ExampleJsonLines.ToLine(first), ExampleJsonLines.ToLine(second));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void NoTwoScenesShareAPicture(PixelBenchFamily family)
    {
        var seen = new HashSet<string>();
        foreach (PixelBenchSplit split in Enum.GetValues<PixelBenchSplit>())
        {
            var generator = new PixelBenchGenerator(new PixelBenchOptions { Split = split });
            for (int i = 0; i < 30; i++)
                Assert.True(seen.Add(Hash(generator.Create(family, 1 + i % 3, i))), $"{split} {i}");
        }
    }

    private static string Hash(Example example)
    {
        ExampleMedia media = example.Media[0];
        return media.Image?.ContentHash ?? string.Concat(media.Clip!.Frames.Select(f => f.Image.ContentHash));
    }
}
