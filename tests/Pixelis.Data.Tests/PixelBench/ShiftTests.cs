namespace Pixelis.Data.Tests.PixelBench;

/// <summary>Each part of the shift shows, and only where it has something to show. Parts share their seeds, so that their scenes can be compared.</summary>
public sealed class ShiftTests
{
    private static readonly PixelBenchShift[] Parts = [.. Enum.GetValues<PixelBenchShift>().Where(s => s is not (PixelBenchShift.None or PixelBenchShift.All))];

    [Fact]
    public void Balls_have_no_letters_and_other_parts_show_on_them() => Assert.Equal([PixelBenchShift.Letters], HiddenIn(PixelBenchFamily.Track));

    [Fact]
    public void A_card_has_no_other_sizes_and_every_other_part_shows_on_it() => Assert.Equal([PixelBenchShift.Sizes], HiddenIn(PixelBenchFamily.Frame));

    [Fact]
    public void Names_say_what_is_shifted()
    {
        Assert.Equal(PixelBenchShift.All, Parts.Aggregate((a, b) => a | b));
        Assert.Equal(("pixelbench-test-shifted-spot-1-0-000000", "pixelbench/2 shifted"), Named(PixelBenchShift.All));
        Assert.Equal(("pixelbench-test-shifted-letters-noise-spot-1-0-000000", "pixelbench/2 shifted-letters-noise"), Named(PixelBenchShift.Noise | PixelBenchShift.Letters));
        Assert.Equal(("pixelbench-test-spot-1-0-000000", "pixelbench/2"), Named(PixelBenchShift.None));
    }

    [Fact]
    public void What_is_no_part_is_refused() => Assert.Contains("Shift", Assert.Throws<ArgumentException>(() => Scenes((PixelBenchShift)64)).Message, StringComparison.Ordinal);

    // Parts that change nothing where they come on top of another: usual scenes have other seeds and cannot be compared.
    private static PixelBenchShift[] HiddenIn(PixelBenchFamily family) =>
    [
        .. Parts.Where(part =>
        {
            PixelBenchShift other = part == PixelBenchShift.Noise ? PixelBenchShift.Backdrops : PixelBenchShift.Noise;
            return Pixels(family, other | part).SequenceEqual(Pixels(family, other));
        }),
    ];

    private static (string, string?) Named(PixelBenchShift shift)
    {
        Example scene = Scenes(shift).Create(0);
        return (scene.Id, scene.Provenance);
    }

    private static PixelBenchGenerator Scenes(PixelBenchShift shift) => new(new PixelBenchOptions { Split = PixelBenchSplit.Test, Shift = shift });

    private static byte[] Pixels(PixelBenchFamily family, PixelBenchShift shift) =>
        [.. Enumerable.Range(0, 4).SelectMany(i => Scenes(shift).Create(family, 2, i).Media[0].Clip!.Frames).SelectMany(f => f.Image.Pixels.ToArray())];
}
