namespace Pixelis.Imaging.Video;

/// <summary>
/// Recognises video containers by their first bytes. FFmpeg also opens playlists and scripts (HLS, DASH, concat), which make it
/// read other files and network addresses: whatever is not a plain container never reaches it.
/// </summary>
internal static class VideoContainer
{
    internal static bool IsKnown(ReadOnlySpan<byte> start) =>
        IsMp4(start)
        || start.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3])                     // Matroska, WebM
        || (start.StartsWith("RIFF"u8) && Has(start, 8, "AVI "u8))
        || start.StartsWith<byte>([0x00, 0x00, 0x01, 0xBA])                     // MPEG program stream
        || start.StartsWith<byte>([0x00, 0x00, 0x01, 0xB3])                     // MPEG video
        || IsTransportStream(start)
        || start.StartsWith("FLV"u8)
        || start.StartsWith("OggS"u8)
        || start.StartsWith<byte>([0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]) // ASF, WMV
        || start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8);

    private static bool IsMp4(ReadOnlySpan<byte> start) =>
        Has(start, 4, "ftyp"u8) || Has(start, 4, "moov"u8) || Has(start, 4, "mdat"u8) || Has(start, 4, "wide"u8)
        || Has(start, 4, "free"u8) || Has(start, 4, "skip"u8);

    private static bool IsTransportStream(ReadOnlySpan<byte> start) =>
        start.Length > 376 && start[0] == 0x47 && start[188] == 0x47 && start[376] == 0x47;

    private static bool Has(ReadOnlySpan<byte> start, int at, ReadOnlySpan<byte> text) =>
        start.Length >= at + text.Length && start.Slice(at, text.Length).SequenceEqual(text);
}
