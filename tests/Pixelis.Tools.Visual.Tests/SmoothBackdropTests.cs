namespace Pixelis.Tools.Visual.Tests;

public sealed class SmoothBackdropTests
{
    private const int Width = 200, Height = 160;

    [Fact]
    public void A_gradient_with_noise_is_one_backdrop_without_the_things_on_it()
    {
        PixelImage picture = Picture((x, y) => IsThing(x, y) ? (60, 165, 60) : Sky(x, y));
        (ObjectMask Mask, double Share)? found = SmoothBackdrop.Find(picture, new PixelPosition(150, 30));
        Assert.NotNull(found);
        long expected = Count((x, y) => !IsThing(x, y)), both = Count((x, y) => !IsThing(x, y) && found.Value.Mask[x, y]);
        Assert.True((double)both / (expected + found.Value.Mask.Area - both) > 0.98, $"{both} of {expected}, {found.Value.Mask.Area} found");
        Assert.InRange(found.Value.Share, 0.8, 1);
    }

    [Fact]
    public void Things_halves_and_coarse_textures_are_no_backdrop()
    {
        Assert.Null(SmoothBackdrop.Find(Picture((x, y) => IsThing(x, y) ? (60, 165, 60) : Sky(x, y)), new PixelPosition(60, 60)));
        Assert.Null(SmoothBackdrop.Find(Picture((x, _) => x < 150 ? (200, 200, 200) : (20, 20, 20)), new PixelPosition(20, 20))); // does not reach the right side
        Assert.Null(SmoothBackdrop.Find(Picture((x, y) => (x / 12 + y / 12) % 2 == 0 ? (200, 40, 40) : (40, 200, 40)), new PixelPosition(40, 40)));
        Assert.Null(SmoothBackdrop.Find(PixelImage.Wrap(8, 8, PixelFormat.Rgb24, new byte[8 * 8 * 3]), new PixelPosition(4, 4)));
    }

    [Fact]
    public void The_segmenter_answers_with_it_in_one_piece()
    {
        PixelImage picture = Picture((x, y) => IsRing(x, y) ? (60, 165, 60) : Sky(x, y)); // within the ring there is backdrop, too, but not in one piece
        SegmentedObject found = GrabCutSegmenter.Shared.Segment(picture, new SegmentationPrompt(new PixelPosition(190, 150)));
        Assert.True(found.Mask[190, 150]);
        Assert.False(found.Mask[60, 60]);
    }

    private static bool IsThing(int x, int y) => (x - 60) * (x - 60) + (y - 60) * (y - 60) <= 25 * 25;

    private static bool IsRing(int x, int y) => (x - 60) * (x - 60) + (y - 60) * (y - 60) is <= 40 * 40 and >= 20 * 20;

    // A slow wave with noise of up to four levels.
    private static (int R, int G, int B) Sky(int x, int y)
    {
        int level = 115 + (int)(18 * Math.Sin((x + y / 3.0) / 20)), noise = (x * 73 + y * 151 + x * y * 7) % 9 - 4;
        return (level + noise, level + 5 - noise, level + noise);
    }

    private static long Count(Func<int, int, bool> inside) => Enumerable.Range(0, Width * Height).LongCount(i => inside(i % Width, i / Width));

    private static PixelImage Picture(Func<int, int, (int R, int G, int B)> color)
    {
        var pixels = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
        {
            (int r, int g, int b) = color(i % Width, i / Width);
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = ((byte)r, (byte)g, (byte)b);
        }
        return PixelImage.Wrap(Width, Height, PixelFormat.Rgb24, pixels);
    }
}
