namespace Pixelis.Imaging.Headers;

/// <summary>Recognises a format by its first bytes and reads its header. Every access is checked against the end of the data.</summary>
internal static class ImageHeader
{
    /// <exception cref="ImageFormatException">No known format, or a damaged header.</exception>
    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        try
        {
            ParsedHeader header = Dispatch(data);
            if (header.Info.Width <= 0 || header.Info.Height <= 0)
                throw new ImageFormatException($"The {header.Info.Format} header gives a size of {header.Info.Width}x{header.Info.Height}; both sides must be at least 1.");
            return header;
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new ImageFormatException("The image ends within its header.", e);
        }
    }

    private static ParsedHeader Dispatch(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith(PngHeader.Signature))
            return PngHeader.Parse(data);
        if (data.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
            return JpegHeader.Parse(data);
        if (data.StartsWith("RIFF"u8) && data.Length >= 12 && data[8..12].SequenceEqual("WEBP"u8))
            return WebPHeader.Parse(data);
        if (data.StartsWith("GIF87a"u8) || data.StartsWith("GIF89a"u8))
            return GifHeader.Parse(data);
        if (data.StartsWith("BM"u8))
            return BmpHeader.Parse(data);
        if (data.StartsWith<byte>([0x49, 0x49, 0x2A, 0x00]) || data.StartsWith<byte>([0x4D, 0x4D, 0x00, 0x2A]))
            return TiffHeader.Parse(data);
        throw new ImageFormatException(data.IsEmpty
            ? "The image is empty: expected a JPEG, PNG, WebP, GIF, BMP or TIFF file."
            : $"The bytes are no image of a known format (they start with {Convert.ToHexString(data[..Math.Min(8, data.Length)])}): expected JPEG, PNG, WebP, GIF, BMP or TIFF.");
    }
}
