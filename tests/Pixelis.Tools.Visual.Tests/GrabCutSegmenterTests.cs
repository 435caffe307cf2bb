namespace Pixelis.Tools.Visual.Tests;

public class GrabCutSegmenterTests
{
    private static double Iou(ObjectMask a, Func<int, int, bool> truth)
    {
        long both = 0, any = 0;
        for (int y = 0; y < a.Height; y++)
        {
            for (int x = 0; x < a.Width; x++)
            {
                both += a[x, y] && truth(x, y) ? 1 : 0;
                any += a[x, y] || truth(x, y) ? 1 : 0;
            }
        }
        return (double)both / any;
    }

    [Theory]
    [InlineData(120, 90, 14)] // 0.9% of the picture
    [InlineData(160, 120, 45)]
    [InlineData(150, 110, 90)]
    public void A_disc_is_found_whatever_its_size(int cx, int cy, int radius)
    {
        bool Truth(int x, int y) => Scenes.InEllipse(x, y, cx, cy, radius, radius, 0);
        PixelImage image = Scenes.Draw(320, 240, (x, y) => Truth(x, y) ? (190, 90, 60) : (70, 110, 90), noise: 25);
        SegmentedObject found = GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(cx + radius / 3, cy)));
        Assert.True(Iou(found.Mask, Truth) > 0.95);
        Assert.InRange(found.Confidence, 0.5, 1);
        Assert.True(found.Box.Overlap(new PixelRect(cx - radius, cy - radius, 2 * radius + 1, 2 * radius + 1)) > 0.9);
        Assert.InRange(found.Polygon.Count, 8, 128);
    }

    [Fact]
    public void Of_two_like_objects_only_the_one_at_the_point_is_taken()
    {
        bool Left(int x, int y) => Scenes.InEllipse(x, y, 80, 100, 40, 40, 0);
        bool Right(int x, int y) => Scenes.InEllipse(x, y, 230, 100, 40, 40, 0);
        PixelImage image = Scenes.Draw(320, 200, (x, y) => Left(x, y) || Right(x, y) ? (200, 180, 60) : (60, 70, 120), noise: 20);
        Assert.True(Iou(GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(235, 95))).Mask, Right) > 0.95);
    }

    [Fact]
    public void Nothing_outside_a_given_box_is_taken()
    {
        PixelImage image = Scenes.Draw(200, 150, (x, y) => x is > 40 and < 160 && y is > 60 and < 90 ? (200, 60, 60) : (60, 90, 60), noise: 15);
        var box = new PixelRect(30, 50, 70, 50);
        SegmentedObject found = GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(70, 75), box));
        Assert.True(found.Area > 1000);
        Assert.Equal(found.Box, found.Box.Intersect(box));
    }

    [Fact]
    public void The_same_call_gives_the_same_mask_also_from_several_threads()
    {
        PixelImage image = Scenes.Draw(160, 120, (x, y) => Scenes.InEllipse(x, y, 80, 60, 40, 25, 20) ? (180, 100, 80) : (90, 110, 90), noise: 30);
        var prompt = new SegmentationPrompt(new PixelPosition(80, 60));
        byte[] first = GrabCutSegmenter.Shared.Segment(image, prompt).Mask.Inside.ToArray();
        Parallel.For(0, 4, _ => Assert.Equal(first, GrabCutSegmenter.Shared.Segment(image, prompt).Mask.Inside.ToArray()));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(1, 40)]
    [InlineData(9, 9)]
    public void Tiny_and_plain_pictures_have_an_answer(int width, int height)
    {
        PixelImage image = Scenes.Draw(width, height, (_, _) => (80, 80, 80));
        SegmentedObject found = GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(width / 2, height / 2)));
        Assert.True(found.Mask[width / 2, height / 2]);
        Assert.InRange(found.Confidence, 0, 1);
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_named()
    {
        PixelImage image = Scenes.Draw(20, 20, (_, _) => (0, 0, 0));
        Assert.Equal("point", Assert.Throws<VisualArgumentException>(() => GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(20, 0)))).Field);
        Assert.Equal("box", Assert.Throws<VisualArgumentException>(() => GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(1, 1), new PixelRect(30, 0, 5, 5)))).Field);
        Assert.Equal("point", Assert.Throws<VisualArgumentException>(() => GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(1, 1), new PixelRect(5, 5, 5, 5)))).Field);
    }

    [Fact]
    public void Cancellation_stops_between_candidates()
    {
        PixelImage image = Scenes.Draw(640, 480, (x, y) => ((x * y) % 255, x % 255, y % 255), noise: 40);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(30));
        Assert.ThrowsAny<OperationCanceledException>(() => GrabCutSegmenter.Shared.Segment(image, new SegmentationPrompt(new PixelPosition(320, 240)), source.Token));
    }
}
