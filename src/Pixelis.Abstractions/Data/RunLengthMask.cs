namespace Pixelis.Data;

/// <summary>
/// A mask as run lengths: pixels row by row from the top left, the first run outside, the next inside, and so on; the runs add up to
/// width times height. (COCO's run lengths go column by column; its reader converts.) Immutable.
/// </summary>
public sealed record RunLengthMask
{
    /// <summary>Width of the picture in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the picture in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Lengths of the runs, outside first; the first may be 0.</summary>
    public required IReadOnlyList<int> Counts { get; init; }

    /// <summary>Pixels inside.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Area => Counts.Where((_, i) => i % 2 == 1).Sum(c => (long)c);

    /// <summary>Packs a mask.</summary>
    /// <param name="width">Width of the picture.</param>
    /// <param name="height">Height of the picture.</param>
    /// <param name="inside">One byte a pixel, row by row; every byte other than 0 is inside.</param>
    /// <exception cref="ArgumentException">The number of bytes is not width times height.</exception>
    public static RunLengthMask Encode(int width, int height, ReadOnlySpan<byte> inside)
    {
        if (inside.Length != (long)width * height)
            throw new ArgumentException($"A {width}x{height} mask has {(long)width * height} bytes, not {inside.Length}.", nameof(inside));
        var counts = new List<int>();
        bool current = false;
        int run = 0;
        foreach (byte pixel in inside)
        {
            if (pixel != 0 != current)
            {
                counts.Add(run);
                (current, run) = (!current, 0);
            }
            run++;
        }
        counts.Add(run);
        return new RunLengthMask { Width = width, Height = height, Counts = counts };
    }

    /// <summary>One byte a pixel, row by row: 1 inside, 0 outside.</summary>
    /// <exception cref="PixelisException">The runs do not add up to the picture's pixels.</exception>
    public byte[] Decode()
    {
        long total = Width > 0 && Height > 0 ? (long)Width * Height : -1;
        if (total < 0 || total > 1 << 28 || Counts.Any(c => c < 0) || Counts.Sum(c => (long)c) != total)
            throw new PixelisException($"The mask's runs add up to {Counts.Sum(c => (long)c)} pixels; a {Width}x{Height} picture has {Math.Max(0, total)}.");
        var inside = new byte[total];
        int at = 0;
        for (int i = 0; i < Counts.Count; i++)
        {
            if (i % 2 == 1)
                inside.AsSpan(at, Counts[i]).Fill(1);
            at += Counts[i];
        }
        return inside;
    }

    /// <inheritdoc />
    public bool Equals(RunLengthMask? other) => other is not null && Width == other.Width && Height == other.Height && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Width, Height, Counts.Count, Area);
}
