using FsCheck;
using FsCheck.Fluent;
using Pixelis.Data.Drawing;
using Pixelis.Data.PixelBench;

namespace Pixelis.Data.Tests.PixelBench;

/// <summary>What a scene says of itself holds in its pixels.</summary>
public sealed class GroundTruthTests
{
    private static readonly PixelBenchGenerator Generator = new();

    [Fact]
    public void SeedsTellTheirSplitAndNeverMeet()
    {
        Prop.ForAll<byte, uint, bool>((family, index, shifted) =>
        {
            ulong[] seeds = [.. Enum.GetValues<PixelBenchSplit>().Select(split => SceneSeed.Of(split, family % 32, 1 + family % 3, shifted, 5, index))];
            return seeds.Distinct().Count() == 3 && seeds.Select(SceneSeed.SplitOf).SequenceEqual(Enum.GetValues<PixelBenchSplit>());
        }).QuickCheckThrowOnFailure();
        Prop.ForAll<ulong>(x => SceneRandom.Unmix(SceneRandom.Mix(x)) == x).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void MasksAreTheObjectsAndBoxesAreTight()
    {
        Check(60, (family, difficulty, index) =>
        {
            foreach (TruthObject thing in Generator.Create(family, difficulty, index).Truth.Where(t => t.Mask is not null))
            {
                byte[] inside = thing.Mask!.Decode();
                int width = thing.Mask.Width;
                int[] xs = [.. Enumerable.Range(0, inside.Length).Where(i => inside[i] != 0).Select(i => i % width)];
                int[] ys = [.. Enumerable.Range(0, inside.Length).Where(i => inside[i] != 0).Select(i => i / width)];
                Assert.Equal(new PixelBox(xs.Min(), ys.Min(), xs.Max() + 1, ys.Max() + 1), thing.Box);
            }
        });
    }

    [Fact]
    public void TheColourNamedIsTheColourPainted()
    {
        Check(40, (family, difficulty, index) =>
        {
            Example example = Generator.Create(family, difficulty, index);
            if (example.Media[0].Image is not { } image)
                return;
            foreach (TruthObject thing in example.Truth)
            {
                (int r, int g, int b) = Mean(image, thing.Mask!.Decode());
                string nearest = Palette.Names.MinBy(n => Distance(Palette.Of(n), r, g, b))!;
                Assert.Equal(thing.Color, nearest);
            }
        });
    }

    [Fact]
    public void ExactlyOneObjectIsAskedAboutAndTheAnswerIsItsOwn()
    {
        Check(60, (family, difficulty, index) =>
        {
            Example example = Generator.Create(family, difficulty, index);
            TruthObject target = Assert.Single(example.Truth, t => t.IsTarget);
            string own = family switch
            {
                PixelBenchFamily.Count => target.Count!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                PixelBenchFamily.Compare => target.Color!,
                _ => target.Text!,
            };
            Assert.Equal(own, example.Answer);
            if (family == PixelBenchFamily.Compare)
                Assert.Equal(example.Truth.Max(t => t.Mask!.Area), target.Mask!.Area);
        });
    }

    [Fact]
    public void TheEvidenceLiesInTheCellOfItsObject()
    {
        Check(60, (family, difficulty, index) =>
        {
            if (family is PixelBenchFamily.Track or PixelBenchFamily.Frame)
                return;
            foreach (TruthObject thing in Generator.Create(family, difficulty, index).Truth.Where(t => t.TextBox is not null))
            {
                PixelBox cell = CellGrid.Box(CellGrid.At(thing.Box.CenterX, thing.Box.CenterY)), text = thing.TextBox!.Value;
                Assert.True(text.Left >= cell.Left && text.Right <= cell.Right && text.Top >= cell.Top && text.Bottom <= cell.Bottom, $"{text} leaves {cell}");
            }
        });
    }

    [Fact]
    public void BallsStayInTheirFrameAndApart()
    {
        for (int i = 0; i < 40; i++)
        {
            Example example = Generator.Create(PixelBenchFamily.Track, 1 + i % 3, i);
            for (int f = 0; f < example.Media[0].FrameCount; f++)
            {
                PixelBox[] boxes = [.. example.Truth.Select(t => t.Track![f]!.Value)];
                Assert.All(boxes, b => Assert.True(b.Left >= 0 && b.Top >= 0 && b.Right <= ClipScene.Side && b.Bottom <= ClipScene.Side));
                Assert.All(boxes, b => Assert.All(boxes, other => Assert.True(b == other || b.IntersectionOverUnion(other) == 0)));
            }
        }
    }

    [Fact]
    public void RunLengthsGiveBackWhatWasPacked() => Prop.ForAll(Gen.Choose(0, 1).Select(b => (byte)b).ArrayOf(12 * 7).ToArbitrary(), inside =>
        RunLengthMask.Encode(12, 7, inside).Decode().SequenceEqual(inside)).QuickCheckThrowOnFailure();

    private static void Check(int scenes, Action<PixelBenchFamily, int, long> holds)
    {
        Gen<(PixelBenchFamily, int, int)> drawn =
            from family in Gen.Elements(Enum.GetValues<PixelBenchFamily>())
            from difficulty in Gen.Choose(1, 3)
            from index in Gen.Choose(0, 1_000_000)
            select (family, difficulty, index);
        Prop.ForAll(drawn.ToArbitrary(), scene => holds(scene.Item1, scene.Item2, scene.Item3)).Check(Config.QuickThrowOnFailure.WithMaxTest(scenes));
    }

    private static (int, int, int) Mean(PixelImage image, byte[] inside)
    {
        long r = 0, g = 0, b = 0, n = 0;
        for (int i = 0; i < inside.Length; i++)
        {
            if (inside[i] == 0)
                continue;
            ReadOnlySpan<byte> pixel = image.Pixels.Span.Slice(3 * i, 3);
            (r, g, b, n) = (r + pixel[0], g + pixel[1], b + pixel[2], n + 1);
        }
        return ((int)(r / n), (int)(g / n), (int)(b / n));
    }

    private static int Distance(Rgb c, int r, int g, int b) => (c.Red - r) * (c.Red - r) + (c.Green - g) * (c.Green - g) + (c.Blue - b) * (c.Blue - b);
}
