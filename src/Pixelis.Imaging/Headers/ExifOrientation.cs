namespace Pixelis.Imaging.Headers;

/// <summary>The orientation tag of Exif data.</summary>
internal static class ExifOrientation
{
    internal const int Tag = 274;

    /// <summary>1..8; 1 when the tag is absent, out of range, or the data are damaged: a wrong note must not cost the picture.</summary>
    internal static int Read(ReadOnlySpan<byte> exif) =>
        TiffDirectory.TryOpen(exif, out TiffDirectory directory) && directory.Value(Tag, out _) is >= 1 and <= 8 and var value
            ? (int)value
            : 1;
}
