namespace Pixelis.Imaging.Headers;

/// <summary>TIFF: size, orientation and tile size of the first page.</summary>
internal static class TiffHeader
{
    internal static ParsedHeader Parse(ReadOnlySpan<byte> data)
    {
        if (!TiffDirectory.TryOpen(data, out TiffDirectory directory))
            throw new ImageFormatException("The TIFF's first directory lies outside the file.");
        long width = Required(directory, 256, "ImageWidth"), height = Required(directory, 257, "ImageLength");
        CheckLayout(directory, width, height);
        int orientation = directory.Value(ExifOrientation.Tag, out _) is >= 1 and <= 8 and var value ? (int)value : 1;
        var info = new ImageInfo(ImageFileFormat.Tiff, (int)width, (int)height, orientation);
        return new ParsedHeader(info, MostPixels(directory, data.Length));
    }

    private static long Required(TiffDirectory directory, int tag, string name)
    {
        long? value = directory.Value(tag, out int occurrences);
        // Readers differ in which of two entries they believe, so the limit could be passed by one and broken by the other.
        if (occurrences > 1)
            throw new ImageFormatException($"The TIFF states {name} {occurrences} times: expected once.");
        return value is >= 1 and <= int.MaxValue
            ? value.Value
            : throw new ImageFormatException($"The TIFF's {name} is {value?.ToString() ?? "missing"}: expected a number from 1 to {int.MaxValue}.");
    }

    // A decoder allocates whole tiles, and a tile may claim any size.
    private static void CheckLayout(TiffDirectory directory, long width, long height)
    {
        long samples = directory.Value(277, out int samplesStated) ?? 1;
        long tileWidth = directory.Value(322, out int widthStated) ?? 1, tileHeight = directory.Value(323, out int heightStated) ?? 1;
        if (samplesStated > 1 || widthStated > 1 || heightStated > 1)
            throw new ImageFormatException("The TIFF states its layout twice.");
        if (samples is < 1 or > 8)
            throw new ImageFormatException($"The TIFF has {samples} samples a pixel: expected 1 to 8.");
        if (tileWidth > width + 4096 || tileHeight > height + 4096)
            throw new ImageFormatException($"The TIFF's tiles of {tileWidth}x{tileHeight} do not fit a picture of {width}x{height}.");
    }

    private static long MostPixels(TiffDirectory directory, long length)
    {
        const long freePixels = 4_000_000;
        long compression = directory.Value(259, out _) ?? 1, bits = directory.Value(258, out _) ?? 1;
        long ratio = compression switch
        {
            1 => 1,                // stored
            32773 => 128,          // PackBits
            5 => 4096,             // LZW
            8 or 32946 => 1032,    // deflate
            _ => 16384,
        };
        return Math.Max(freePixels, length * ratio * 8 / Math.Clamp(bits, 1, 64));
    }
}
