using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Tools.Visual.Tests;

public class CoordinateMapperTests
{
    [Fact]
    public void A_box_mapped_there_and_back_loses_at_most_a_pixel_and_never_leaves_the_image()
    {
        Gen<(NumberedVisual, PixelBox, CoordinateSpace)> cases =
            from width in Gen.Choose(1, 5000)
            from height in Gen.Choose(1, 5000)
            from seenWidth in Gen.Choose(1, 100)
            from seenHeight in Gen.Choose(1, 100)
            from x in Gen.Choose(-200, 1200)
            from y in Gen.Choose(-200, 1200)
            from w in Gen.Choose(1, 1200)
            from h in Gen.Choose(1, 1200)
            from space in Gen.Elements(CoordinateSpace.SeenPixels, CoordinateSpace.Normalized, CoordinateSpace.Thousandths)
            let image = new NumberedVisual { Number = 1, Image = null, Clip = Blank(width, height), SeenWidth = seenWidth * 28, SeenHeight = seenHeight * 28, Origin = "question" }
            let unit = CoordinateMapper.Extent(image, space)
            select (image, new PixelBox(x * unit.Width / 1000, y * unit.Height / 1000, (x + w) * unit.Width / 1000, (y + h) * unit.Height / 1000), space);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(400), Prop.ForAll(cases.ToArbitrary(), c =>
        {
            (NumberedVisual image, PixelBox written, CoordinateSpace space) = c;
            PixelBox source = CoordinateMapper.ToSource(image, written, space);
            Assert.InRange(source.Left, 0, image.SourceWidth);
            Assert.InRange(source.Right, 0, image.SourceWidth);
            Assert.InRange(source.Top, 0, image.SourceHeight);
            Assert.InRange(source.Bottom, 0, image.SourceHeight);
            PixelBox back = CoordinateMapper.ToSource(image, CoordinateMapper.FromSource(image, source, space), space);
            Assert.InRange(Math.Abs(back.Left - source.Left), 0, 1);
            Assert.InRange(Math.Abs(back.Right - source.Right), 0, 1);
            Assert.InRange(Math.Abs(back.Top - source.Top), 0, 1);
            Assert.InRange(Math.Abs(back.Bottom - source.Bottom), 0, 1);
        }));
    }

    private static readonly Dictionary<(int, int), VideoClip> Blanks = [];

    // A clip only for its size; the pixels do not matter.
    private static VideoClip Blank(int width, int height)
    {
        (int w, int h) = (Math.Min(width, 400), Math.Min(height, 400));
        if (!Blanks.TryGetValue((w, h), out VideoClip? clip))
            Blanks[(w, h)] = clip = new VideoClip([new VideoFrame(PixelImage.Wrap(w, h, PixelFormat.Rgb24, new byte[w * h * 3]), 0, TimeSpan.Zero)], 1);
        return clip;
    }
}
