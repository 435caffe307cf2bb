namespace Pixelis.Tools.Visual.Properties;

/// <summary>Length of a mask's borders, and rings about masks.</summary>
internal static class Borders
{
    /// <summary>
    /// Crofton's formula with four directions: a curve's length is pi/2 times the mean number of times that lines of unit spacing
    /// cross it. Diagonal lines through pixel centres lie 1/sqrt(2) apart.
    /// </summary>
    internal static double Length(ObjectMask mask)
    {
        long across = 0, down = 0, falling = 0, rising = 0;
        for (int y = -1; y < mask.Height; y++)
        {
            for (int x = -1; x < mask.Width; x++)
            {
                bool here = mask[x, y];
                across += here != mask[x + 1, y] ? 1 : 0;
                down += here != mask[x, y + 1] ? 1 : 0;
                falling += here != mask[x + 1, y + 1] ? 1 : 0;
                rising += mask[x + 1, y] != mask[x, y + 1] ? 1 : 0;
            }
        }
        return Math.PI / 2 * (across + down + (falling + rising) / Math.Sqrt(2)) / 4;
    }

    /// <summary>Pixels outside the mask within a chessboard distance of it.</summary>
    internal static ObjectMask Ring(ObjectMask mask, int width)
    {
        var near = new byte[mask.Inside.Length];
        // Square dilation, first along rows, then along columns.
        var rows = new byte[near.Length];
        for (int y = 0; y < mask.Height; y++)
            Spread(mask.Inside.Slice(y * mask.Width, mask.Width), rows.AsSpan(y * mask.Width, mask.Width), width);
        var column = new byte[mask.Height];
        var spread = new byte[mask.Height];
        for (int x = 0; x < mask.Width; x++)
        {
            for (int y = 0; y < mask.Height; y++)
                column[y] = rows[y * mask.Width + x];
            Array.Clear(spread);
            Spread(column, spread, width);
            for (int y = 0; y < mask.Height; y++)
                near[y * mask.Width + x] = (byte)(spread[y] & (1 - mask.Inside[y * mask.Width + x]));
        }
        return ObjectMask.Create(mask.Width, mask.Height, near);
    }

    private static void Spread(ReadOnlySpan<byte> from, Span<byte> to, int width)
    {
        int filled = 0;
        for (int i = 0; i < from.Length; i++)
        {
            if (from[i] == 0)
                continue;
            int end = Math.Min(from.Length, i + width + 1);
            for (int j = Math.Max(filled, i - width); j < end; j++)
                to[j] = 1;
            filled = end;
        }
    }
}
