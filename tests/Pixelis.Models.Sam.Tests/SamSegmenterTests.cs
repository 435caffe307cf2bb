using Pixelis.TestKit;
using Pixelis.Tools.Visual;

namespace Pixelis.Models.Sam.Tests;

public sealed class SamSegmenterTests : IDisposable
{
    private static readonly SegmentationPrompt Disc = new(new PixelPosition(18, 14));

    private readonly SamSegmenter _segmenter = SamSegmenter.FromPretrained(SamCase.Folder);

    public void Dispose() => _segmenter.Dispose();

    [Fact]
    public void An_answer_holds_the_point_and_is_one_piece_in_the_image()
    {
        int found = 0;
        for (int y = 0; y < 37; y += 6)
        {
            for (int x = 0; x < 50; x += 7)
            {
                SegmentedObject answer = _segmenter.Segment(SamCase.Picture, new SegmentationPrompt(new PixelPosition(x, y)));
                AssertContract(answer, SamCase.Picture, new PixelPosition(x, y), null);
                found += answer.Area > 0 ? 1 : 0;
            }
        }

        Assert.InRange(found, 24, 56); // of 56; a model that never finds anything would pass otherwise
    }

    [Fact]
    public void Nothing_outside_the_box_is_part_of_the_object()
    {
        var box = new PixelRect(9, 5, 19, 19);
        SegmentedObject free = _segmenter.Segment(SamCase.Picture, Disc), cut = _segmenter.Segment(SamCase.Picture, Disc with { Box = box });
        AssertContract(cut, SamCase.Picture, Disc.Point, box);
        Assert.True(cut.Area > 0 && free.Area > 0);
        Assert.NotEqual(free.Mask.Inside.ToArray(), cut.Mask.Inside.ToArray());
    }

    [Fact]
    public void The_best_mask_that_holds_the_point_is_taken()
    {
        SamFrame frame = _segmenter.Processor.Frame(SamCase.Picture);
        float[] embedding = _segmenter.Network.Encode(_segmenter.Processor.Prepare(SamCase.Picture), CancellationToken.None);
        for (int x = 0; x < 50; x += 5)
        {
            var point = new PixelPosition(x, 20);
            SamPrediction prediction = _segmenter.Network.Decode(embedding, new SamPrompts(1, [frame.X(x), frame.Y(20)], [1]));
            double[] holding = [.. Enumerable.Range(1, 3)
                .Where(mask => _segmenter.Network.ToSource(prediction.Mask(0, mask), frame)[20 * 50 + x] > 0)
                .Select(mask => Math.Clamp((double)prediction.QualityOf(0, mask), 0, 1))];
            SegmentedObject answer = _segmenter.Segment(SamCase.Picture, new SegmentationPrompt(point));
            Assert.Equal(holding.Length > 0, answer.Area > 0);
            Assert.Equal(holding.DefaultIfEmpty(0).Max(), answer.Confidence, 6);
        }
    }

    [Fact]
    public void Several_prompts_at_once_are_answered_as_each_alone()
    {
        SegmentationPrompt[] prompts =
            [Disc, new(new PixelPosition(22, 14)), Disc with { Box = new PixelRect(9, 5, 19, 19) }, new(new PixelPosition(16, 18)), new(new PixelPosition(20, 12), new PixelRect(3, 0, 40, 37))];
        IReadOnlyList<SegmentedObject> together = _segmenter.SegmentAll(SamCase.Picture, prompts);
        IReadOnlyList<SegmentedObject> reversed = _segmenter.SegmentAll(SamCase.Picture, [.. prompts.Reverse()]);
        for (int i = 0; i < prompts.Length; i++)
        {
            SegmentedObject alone = _segmenter.Segment(SamCase.Picture, prompts[i]);
            AssertSame(alone, together[i]);
            AssertSame(alone, reversed[prompts.Length - 1 - i]);
        }

        Assert.Equal(1, _segmenter.EncodedImages);
        Assert.Empty(_segmenter.SegmentAll(SamCase.Picture, []));
    }

    [Fact]
    public void A_kept_embedding_and_a_fresh_one_give_the_same_answer()
    {
        using SamSegmenter without = SamSegmenter.FromPretrained(SamCase.Folder, new SamSegmenterOptions { CachedImages = 0 });
        SegmentedObject first = _segmenter.Segment(SamCase.Picture, Disc), second = _segmenter.Segment(SamCase.Picture, Disc);
        PixelImage copy = PixelImage.Create(50, 37, PixelFormat.Rgb24, SamCase.Picture.Pixels.Span);
        AssertSame(first, second);
        AssertSame(first, _segmenter.Segment(copy, Disc));
        Assert.Equal(1, _segmenter.EncodedImages);
        AssertSame(first, without.Segment(SamCase.Picture, Disc));
        AssertSame(first, without.Segment(SamCase.Picture, Disc));
        Assert.Equal(2, without.EncodedImages);
    }

    [Fact]
    public void The_oldest_embedding_makes_room()
    {
        using SamSegmenter small = SamSegmenter.FromPretrained(SamCase.Folder, new SamSegmenterOptions { CachedImages = 2 });
        foreach (int picture in (int[])[1, 2, 1, 3, 1, 2])
            small.Segment(SamCase.Pattern(20, 20, picture), new SegmentationPrompt(new PixelPosition(5, 5)));
        Assert.Equal(4, small.EncodedImages); // 1, 2, 3 and again 2, which 3 had pushed out
    }

    [Fact]
    public async Task Calls_at_the_same_time_agree_and_encode_once()
    {
        SegmentedObject[] answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => _segmenter.Segment(SamCase.Picture, Disc))));
        Assert.Equal(1, _segmenter.EncodedImages);
        Assert.All(answers, answer => AssertSame(answers[0], answer));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4000)]
    [InlineData(4000, 1)]
    [InlineData(300, 2)]
    [InlineData(128, 128)]
    [InlineData(257, 300)]
    public void Pictures_of_any_shape_get_an_answer(int width, int height)
    {
        PixelImage image = SamCase.Pattern(width, height);
        foreach (PixelPosition point in (PixelPosition[])[new(0, 0), new(width - 1, height - 1), new(width / 2, height / 2)])
        {
            AssertContract(_segmenter.Segment(image, new SegmentationPrompt(point)), image, point, null);
            AssertContract(_segmenter.Segment(image, new SegmentationPrompt(point, PixelRect.Of(image))), image, point, PixelRect.Of(image));
        }
    }

    [Fact]
    public void Transparency_plays_no_part()
    {
        byte[] rgba = [.. SamCase.Picture.Pixels.ToArray().Chunk(3).SelectMany((rgb, i) => (byte[])[.. rgb, (byte)i])];
        AssertSame(_segmenter.Segment(SamCase.Picture, Disc), _segmenter.Segment(PixelImage.Wrap(50, 37, PixelFormat.Rgba32, rgba), Disc));
    }

    [Fact]
    public void Places_outside_are_refused_as_every_backend_does()
    {
        foreach (SegmentationPrompt prompt in (SegmentationPrompt[])
            [new(new PixelPosition(50, 0)), new(new PixelPosition(0, -1)), Disc with { Box = new PixelRect(30, 30, 5, 5) }, Disc with { Box = new PixelRect(60, 0, 5, 5) }])
        {
            string message = Assert.Throws<VisualArgumentException>(() => _segmenter.Segment(SamCase.Picture, prompt)).Message;
            Assert.Equal(Assert.Throws<VisualArgumentException>(() => GrabCutSegmenter.Shared.Segment(SamCase.Picture, prompt)).Message, message);
        }
    }

    [Fact]
    public void A_cancelled_call_ends_and_leaves_nothing_behind()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => _segmenter.Segment(SamCase.Picture, Disc, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => _segmenter.Network.Encode(_segmenter.Processor.Prepare(SamCase.Picture), cancelled.Token));
        Assert.True(_segmenter.Segment(SamCase.Picture, Disc).Polygon.Count <= 128);
    }

    [Fact]
    public void A_disposed_segmenter_says_so()
    {
        _segmenter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _segmenter.Segment(SamCase.Picture, Disc));
    }

    private static void AssertSame(SegmentedObject expected, SegmentedObject actual)
    {
        Assert.True(expected.Area > 0, "two empty answers say nothing");
        Assert.Equal(expected.Mask.Inside.ToArray(), actual.Mask.Inside.ToArray());
        Assert.Equal(expected.Confidence, actual.Confidence, 5);
        Assert.Equal(expected.Polygon, actual.Polygon);
    }

    private static void AssertContract(SegmentedObject answer, PixelImage image, PixelPosition point, PixelRect? box)
    {
        Assert.Equal((image.Width, image.Height), (answer.Mask.Width, answer.Mask.Height));
        Assert.InRange(answer.Confidence, 0, 1);
        if (answer.Area == 0)
        {
            Assert.Empty(answer.Polygon);
            return;
        }

        Assert.True(answer.Mask[point.X, point.Y]);
        Assert.Equal(answer.Box, answer.Box.Intersect(box ?? PixelRect.Of(image)));
        Assert.NotEmpty(answer.Polygon);
    }
}
