using Pixelis.Tools.Visual;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam.Tests;

/// <summary>Pieces of the model that can be checked by hand.</summary>
public class SamPartsTests
{
    [Theory]
    [InlineData(1200, 800, 1024, 683)]
    [InlineData(800, 1200, 683, 1024)]
    [InlineData(10, 10, 1024, 1024)]
    [InlineData(1, 4000, 1, 1024)]
    [InlineData(2047, 1, 1024, 1)]
    public void The_longer_side_gets_its_length_and_the_other_is_rounded(int width, int height, int newWidth, int newHeight) =>
        Assert.Equal(new SamFrame(width, height, newWidth, newHeight), SamFrame.Of(width, height, 1024));

    [Fact]
    public void Resizing_to_the_same_size_changes_nothing_and_a_flat_picture_stays_flat()
    {
        byte[] pixels = SamCase.Pattern(7, 5).Pixels.ToArray();
        Assert.Equal(pixels, TriangleResizer.Resize(pixels, 7, 5, 7, 5));
        foreach (byte level in (byte[])[0, 1, 127, 254, 255])
        {
            byte[] flat = [.. Enumerable.Repeat(level, 9 * 4 * 3)];
            Assert.All(TriangleResizer.Resize(flat, 9, 4, 31, 13).Concat(TriangleResizer.Resize(flat, 9, 4, 2, 1)), b => Assert.Equal(level, b));
        }
    }

    [Fact]
    public void Halving_a_row_takes_the_weights_of_a_triangle()
    {
        byte[] row = [.. new byte[] { 0, 80, 160, 240 }.SelectMany(b => Enumerable.Repeat(b, 3))];
        // Centre 1, support 2: weights 3/4, 3/4, 1/4 (cut at the border) over 7/4.
        byte[] expected = [.. new[] { (0 * 3 + 80 * 3 + 160 * 1) / 7.0, (80 * 1 + 160 * 3 + 240 * 3) / 7.0 }.SelectMany(v => Enumerable.Repeat((byte)Math.Round(v), 3))];
        Assert.Equal(expected, TriangleResizer.Resize(row, 4, 1, 2, 1));
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(6, 3)]
    [InlineData(2, 5)]
    [InlineData(1, 1)]
    public void Windows_join_to_what_was_cut(long grid, long size)
    {
        using var scope = NewDisposeScope();
        Tensor x = arange(2 * grid * (grid + 1) * 3, dtype: ScalarType.Float32).view(2, grid, grid + 1, 3);
        Tensor windows = AttentionWindows.Cut(x, size);
        Assert.Equal([2 * ((grid + size - 1) / size) * ((grid + size) / size), size, size, 3], windows.shape);
        Assert.Equal(x.sum().item<float>(), windows.sum().item<float>());
        Assert.True(AttentionWindows.Join(windows, grid, grid + 1).Equals(x));
    }

    [Fact]
    public void Relative_positions_are_looked_up_by_distance()
    {
        using var scope = NewDisposeScope();
        Tensor table = arange(5, dtype: ScalarType.Float32).unsqueeze(1);
        Assert.Equal([2, 1, 0, 3, 2, 1, 4, 3, 2], RelativePositions.Expand(table, 3).data<float>().ToArray());
        // Stretched from 2 to 3 entries: the middle one is the mean.
        Assert.Equal([0.5f, 0, 1, 0.5f], RelativePositions.Expand(arange(2, dtype: ScalarType.Float32).unsqueeze(1), 2).data<float>().ToArray());
    }

    [Fact]
    public void A_piece_ends_where_the_mask_or_the_box_does()
    {
        float[] logits = [1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0, 1]; // rows 1101, 0011, 1001
        Assert.Equal([1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1], ConnectedPiece.Of(logits, 4, new PixelRect(0, 0, 4, 3), new PixelPosition(0, 0), 0.5)!);
        Assert.Equal([1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], ConnectedPiece.Of(logits, 4, new PixelRect(0, 0, 2, 3), new PixelPosition(0, 0), 0.5)!);
        Assert.Null(ConnectedPiece.Of(logits, 4, new PixelRect(0, 0, 4, 3), new PixelPosition(2, 0), 0.5));
    }

    [Fact]
    public void The_order_of_points_plays_no_part_and_padding_stays_behind_the_picture()
    {
        using SamSegmenter segmenter = SamSegmenter.FromPretrained(SamCase.Folder);
        float[] embedding = SamCase.Expected.Floats("embedding");
        SamPrediction one = segmenter.Network.Decode(embedding, new SamPrompts(1, [10, 20, 90, 40, 33, 7], [1, 0, 1]));
        SamPrediction other = segmenter.Network.Decode(embedding, new SamPrompts(1, [33, 7, 10, 20, 90, 40], [1, 1, 0]));
        SamCase.Close(one.Logits, other.Logits, 1e-4);
        SamCase.Close(one.Quality, other.Quality, 1e-4);
        Assert.Throws<Xunit.Sdk.TrueException>(() => SamCase.Close(one.Logits, segmenter.Network.Decode(embedding, new SamPrompts(1, [33, 7, 10, 20, 90, 40], [0, 1, 1])).Logits, 1e-4));
        float[] input = segmenter.Processor.Prepare(SamCase.Picture);
        Assert.All(Enumerable.Range(0, 3), channel => Assert.All(input.Skip((channel * 128 + 95) * 128).Take(33 * 128), value => Assert.Equal(0, value)));
        float[] mask = [.. Enumerable.Range(0, 32 * 32).Select(i => (float)Math.Sin(i))], changed = [.. mask];
        Array.Fill(changed, 99, 26 * 32, 6 * 32); // rows 26 to 31 lie over the padding: 95 of 128 rows are picture
        SamFrame frame = segmenter.Processor.Frame(SamCase.Picture);
        Assert.Equal(segmenter.Network.ToSource(mask, frame), segmenter.Network.ToSource(changed, frame));
    }
}
