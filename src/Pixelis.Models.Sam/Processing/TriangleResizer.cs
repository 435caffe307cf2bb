namespace Pixelis.Models.Sam;

/// <summary>
/// Resizes RGB bytes with the triangle filter, stretched when it shrinks, and rounds after each axis: bit for bit what Pillow calls
/// BILINEAR, with which these models were trained. Columns first, then rows.
/// </summary>
internal static class TriangleResizer
{
    private const int Channels = 3;
    private const int FractionBits = 22;

    /// <summary>Resizes a picture of <paramref name="width"/> x <paramref name="height"/>.</summary>
    public static byte[] Resize(ReadOnlySpan<byte> source, int width, int height, int newWidth, int newHeight)
    {
        byte[] across = newWidth == width ? source.ToArray() : new byte[checked(newWidth * height * Channels)];
        if (newWidth != width)
            Columns(source, width, height, across, newWidth);
        if (newHeight == height)
            return across;
        var result = new byte[checked(newWidth * newHeight * Channels)];
        Rows(across, height, result, newHeight, newWidth * Channels);
        return result;
    }

    private static void Columns(ReadOnlySpan<byte> source, int width, int height, Span<byte> target, int newWidth)
    {
        Tap[] taps = Taps(width, newWidth);
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = source.Slice(y * width * Channels, width * Channels);
            Span<byte> output = target.Slice(y * newWidth * Channels, newWidth * Channels);
            for (int x = 0; x < newWidth; x++)
            {
                int red = 1 << (FractionBits - 1), green = red, blue = red, at = taps[x].First * Channels;
                foreach (int weight in taps[x].Weights)
                {
                    red += row[at] * weight;
                    green += row[at + 1] * weight;
                    blue += row[at + 2] * weight;
                    at += Channels;
                }

                output[x * Channels] = (byte)(red >> FractionBits);
                output[x * Channels + 1] = (byte)(green >> FractionBits);
                output[x * Channels + 2] = (byte)(blue >> FractionBits);
            }
        }
    }

    private static void Rows(ReadOnlySpan<byte> source, int height, Span<byte> target, int newHeight, int length)
    {
        Tap[] taps = Taps(height, newHeight);
        var sums = new int[length];
        for (int y = 0; y < newHeight; y++)
        {
            sums.AsSpan().Fill(1 << (FractionBits - 1));
            for (int i = 0; i < taps[y].Weights.Length; i++)
            {
                int weight = taps[y].Weights[i];
                ReadOnlySpan<byte> row = source.Slice((taps[y].First + i) * length, length);
                for (int x = 0; x < sums.Length; x++)
                    sums[x] += row[x] * weight;
            }

            Span<byte> output = target.Slice(y * length, length);
            for (int x = 0; x < length; x++)
                output[x] = (byte)(sums[x] >> FractionBits);
        }
    }

    // Weights are positive and sum to 1 within rounding, so that sums neither overflow nor leave 0..255.
    private static Tap[] Taps(int length, int newLength)
    {
        double scale = (double)length / newLength, stretch = Math.Max(scale, 1);
        var taps = new Tap[newLength];
        for (int i = 0; i < newLength; i++)
        {
            double centre = (i + 0.5) * scale;
            int first = Math.Max(0, (int)(centre - stretch + 0.5)), end = Math.Min(length, (int)(centre + stretch + 0.5));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(at => Math.Max(0, 1 - Math.Abs((at - centre + 0.5) / stretch)))];
            double sum = weights.Sum();
            taps[i] = new Tap(first, [.. weights.Select(weight => (int)(0.5 + weight / sum * (1 << FractionBits)))]);
        }

        return taps;
    }

    private readonly record struct Tap(int First, int[] Weights);
}
