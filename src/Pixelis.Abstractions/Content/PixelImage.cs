using System.Security.Cryptography;

namespace Pixelis;

/// <summary>
/// An image in memory: 8 bits a channel, rows from top to bottom without padding, upright (any EXIF orientation is already applied).
/// Immutable and safe to share between threads; the image owns its bytes.
/// </summary>
public sealed class PixelImage
{
    private readonly byte[] _pixels;
    private string? _contentHash;

    private PixelImage(int width, int height, PixelFormat format, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        long expected = (long)width * height * (int)format;
        if (pixels.LongLength != expected)
            throw new ArgumentException($"A {width}x{height} {format} image has {expected} bytes, not {pixels.LongLength}.", nameof(pixels));
        Width = width;
        Height = height;
        Format = format;
        _pixels = pixels;
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>The layout of <see cref="Pixels"/>.</summary>
    public PixelFormat Format { get; }

    /// <summary>Bytes a pixel: 3 or 4.</summary>
    public int Channels => (int)Format;

    /// <summary>All pixels, row by row, <c>Width * Height * Channels</c> bytes.</summary>
    public ReadOnlyMemory<byte> Pixels => _pixels;

    /// <summary>The bytes of one row (0 = top).</summary>
    public ReadOnlySpan<byte> Row(int y) => _pixels.AsSpan(checked(y * Width * Channels), Width * Channels);

    /// <summary>SHA-256 over size, format and pixels, in lower-case hexadecimal: equal pictures have equal hashes on every machine.</summary>
    public string ContentHash => _contentHash ??= ComputeHash();

    /// <summary>Copies <paramref name="pixels"/> into a new image.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not fit the size and format.</exception>
    public static PixelImage Create(int width, int height, PixelFormat format, ReadOnlySpan<byte> pixels) =>
        new(width, height, format, pixels.ToArray());

    /// <summary>Takes ownership of <paramref name="pixels"/> without copying; the caller must not write to the array again.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not fit the size and format.</exception>
    public static PixelImage Wrap(int width, int height, PixelFormat format, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        return new PixelImage(width, height, format, pixels);
    }

    /// <summary>This image without its alpha channel; itself when it has none.</summary>
    /// <param name="alpha">What becomes of transparent pixels. Qwen's image processor drops the channel, which is the default.</param>
    public PixelImage ToRgb(AlphaHandling alpha = AlphaHandling.Drop)
    {
        if (Format == PixelFormat.Rgb24)
            return this;
        var rgb = new byte[checked(Width * Height * 3)];
        ReadOnlySpan<byte> source = _pixels;
        for (int from = 0, to = 0; to < rgb.Length; from += 4, to += 3)
        {
            int a = alpha == AlphaHandling.BlendOnWhite ? source[from + 3] : 255;
            rgb[to] = Blend(source[from], a);
            rgb[to + 1] = Blend(source[from + 1], a);
            rgb[to + 2] = Blend(source[from + 2], a);
        }
        return new PixelImage(Width, Height, PixelFormat.Rgb24, rgb);
    }

    private static byte Blend(int value, int alpha) => (byte)((value * alpha + 255 * (255 - alpha) + 127) / 255);

    private string ComputeHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> header = stackalloc byte[12];
        BitConverter.TryWriteBytes(header, Width);
        BitConverter.TryWriteBytes(header[4..], Height);
        BitConverter.TryWriteBytes(header[8..], (int)Format);
        hash.AppendData(header);
        hash.AppendData(_pixels);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
