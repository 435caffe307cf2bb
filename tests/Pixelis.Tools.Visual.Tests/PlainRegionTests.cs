namespace Pixelis.Tools.Visual.Tests;

public sealed class PlainRegionTests
{
    [Fact]
    public void A_plain_disc_is_found_exactly_and_the_point_decides_which()
    {
        PixelImage picture = Picture((x, y) => Inside(x, y, 40, 40, 20) ? (200, 40, 40) : Inside(x, y, 90, 60, 15) ? (40, 40, 200) : (120, 125, 130));
        (ObjectMask Mask, double Share)? red = PlainRegion.Find(picture, new PixelPosition(45, 42), null), blue = PlainRegion.Find(picture, new PixelPosition(90, 60), null);
        Assert.Equal(Count((x, y) => Inside(x, y, 40, 40, 20)), red!.Value.Mask.Area);
        Assert.Equal(Count((x, y) => Inside(x, y, 90, 60, 15)), blue!.Value.Mask.Area);
        Assert.Equal(1, red.Value.Share);
    }

    [Fact]
    public void Backgrounds_soft_borders_and_textures_are_left_to_GrabCut()
    {
        PixelImage disc = Picture((x, y) => Inside(x, y, 40, 40, 20) ? (200, 40, 40) : (120, 125, 130));
        Assert.Null(PlainRegion.Find(disc, new PixelPosition(100, 80), null));
        Assert.Null(PlainRegion.Find(Picture((x, y) => (100 + x / 2, 100, 100)), new PixelPosition(40, 40), null));
        Assert.Null(PlainRegion.Find(Picture((x, y) => (x / 3 + y / 3) % 2 == 0 ? (200, 40, 40) : (40, 200, 40)), new PixelPosition(40, 40), null));
    }

    [Fact]
    public void Nothing_beyond_a_given_box_becomes_part_of_it()
    {
        PixelImage bar = Picture((x, y) => y is > 30 and < 60 ? (200, 40, 40) : (120, 125, 130));
        (ObjectMask Mask, double Share)? part = PlainRegion.Find(bar, new PixelPosition(30, 45), new PixelRect(10, 20, 50, 60));
        Assert.True(part is null || part.Value.Mask.Box is { X: >= 10, Right: <= 60 });
    }

    private static bool Inside(int x, int y, int cx, int cy, int r) => (x - cx) * (x - cx) + (y - cy) * (y - cy) <= r * r;

    private static long Count(Func<int, int, bool> inside) => Enumerable.Range(0, 120 * 90).LongCount(i => inside(i % 120, i / 120));

    private static PixelImage Picture(Func<int, int, (int R, int G, int B)> color)
    {
        var pixels = new byte[120 * 90 * 3];
        for (int i = 0; i < 120 * 90; i++)
        {
            (int r, int g, int b) = color(i % 120, i / 120);
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = ((byte)r, (byte)g, (byte)b);
        }
        return PixelImage.Wrap(120, 90, PixelFormat.Rgb24, pixels);
    }
}
