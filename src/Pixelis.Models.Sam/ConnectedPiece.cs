using Pixelis.Tools.Visual;

namespace Pixelis.Models.Sam;

/// <summary>Finds the part of a mask that hangs together with a point.</summary>
internal static class ConnectedPiece
{
    /// <summary>
    /// The pixels above a threshold that a point reaches through neighbours (edges and corners) without leaving a box; 1 inside.
    /// Null when the point's own pixel is not above the threshold.
    /// </summary>
    public static byte[]? Of(ReadOnlySpan<float> logits, int width, PixelRect within, PixelPosition point, double threshold)
    {
        if (!within.Contains(point) || !(logits[point.Y * width + point.X] > threshold))
            return null;
        var inside = new byte[logits.Length];
        var open = new Stack<int>();
        inside[point.Y * width + point.X] = 1;
        open.Push(point.Y * width + point.X);
        while (open.TryPop(out int place))
        {
            int x = place % width, y = place / width;
            for (int row = Math.Max(y - 1, within.Y); row <= Math.Min(y + 1, within.Bottom - 1); row++)
            {
                for (int column = Math.Max(x - 1, within.X); column <= Math.Min(x + 1, within.Right - 1); column++)
                {
                    int next = row * width + column;
                    if (inside[next] != 0 || !(logits[next] > threshold))
                        continue;
                    inside[next] = 1;
                    open.Push(next);
                }
            }
        }

        return inside;
    }
}
