namespace Pixelis.Models.Sam.Tests;

/// <summary>The model against float64 arithmetic that shares no code with it (Cases/README.md).</summary>
public sealed class SamGoldenTests : IDisposable
{
    private const double Tolerance = 1e-4;

    private readonly SamSegmenter _segmenter = SamSegmenter.FromPretrained(SamCase.Folder);

    public void Dispose() => _segmenter.Dispose();

    [Fact]
    public void A_picture_is_scaled_bit_for_bit()
    {
        SamFrame frame = _segmenter.Processor.Frame(SamCase.Picture);
        Assert.Equal(new SamFrame(50, 37, 128, 95), frame);
        byte[] scaled = TriangleResizer.Resize(SamCase.Picture.Pixels.Span, 50, 37, frame.Width, frame.Height);
        byte[] everyThird = [.. Enumerable.Range(0, frame.Height).Where(y => y % 3 == 0).SelectMany(y => scaled.AsSpan(y * frame.Width * 3, frame.Width * 3).ToArray())];
        Assert.Equal(SamCase.Expected.Bytes("every_third_row"), everyThird);
    }

    [Fact]
    public void The_image_embedding_agrees() => SamCase.Close(SamCase.Expected.Floats("embedding"), Embedding(), Tolerance);

    [Theory]
    [InlineData("point")]
    [InlineData("box")]
    [InlineData("box_only")]
    [InlineData("two_points")]
    [InlineData("mask")]
    public void Masks_and_their_quality_agree(string name)
    {
        SamPrediction prediction = _segmenter.Network.Decode(Embedding(), Prompts(name));
        Assert.Equal((4, 32), (prediction.MaskCount, prediction.Side));
        SamCase.Close(SamCase.Expected.Floats(name + ".masks"), prediction.Logits, Tolerance);
        SamCase.Close(SamCase.Expected.Floats(name + ".quality"), prediction.Quality, Tolerance);
    }

    [Fact]
    public void A_mask_at_the_size_of_the_picture_agrees()
    {
        SamPrediction prediction = _segmenter.Network.Decode(Embedding(), Prompts("point"));
        float[] source = _segmenter.Network.ToSource(prediction.Mask(0, 1), _segmenter.Processor.Frame(SamCase.Picture));
        SamCase.Close(SamCase.Expected.Floats("point.source"), source, Tolerance);
    }

    private float[] Embedding() => _segmenter.Network.Encode(_segmenter.Processor.Prepare(SamCase.Picture), CancellationToken.None);

    private SamPrompts Prompts(string name)
    {
        SamFrame frame = _segmenter.Processor.Frame(SamCase.Picture);
        float[] point = [frame.X(18), frame.Y(14)], box = [frame.X(9), frame.Y(5), frame.X(27), frame.Y(23)];
        return name switch
        {
            "box" => new SamPrompts(1, point, [1], box),
            "box_only" => new SamPrompts(1, [], [], box),
            "two_points" => new SamPrompts(1, [.. point, frame.X(37), frame.Y(20)], [1, 0]),
            "mask" => new SamPrompts(1, point, [1], Mask: SamCase.Expected.Floats("rough_mask")),
            _ => new SamPrompts(1, point, [1]),
        };
    }
}
