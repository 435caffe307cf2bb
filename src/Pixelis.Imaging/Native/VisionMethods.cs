using System.Runtime.InteropServices;

namespace Pixelis.Imaging.Native;

/// <summary>The functions of <c>libpixelis_vision</c> that decode, encode and read video.</summary>
internal static unsafe partial class VisionMethods
{
    private const string Library = VisionLibrary.Name;

    static VisionMethods() => VisionLibrary.Register(typeof(VisionMethods).Assembly);

    [LibraryImport(Library)]
    internal static partial byte* pv_last_error();

    [LibraryImport(Library)]
    internal static partial byte* pv_opencv_version();

    [LibraryImport(Library)]
    internal static partial int pv_abi_version();

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_decode(
        byte* data, long length, int format, int width, int height, out DecodedImageHandle image);

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_decode_jpeg(byte* data, long length, int width, int height, byte* rgb);

    [LibraryImport(Library)]
    internal static partial void pv_image_shape(DecodedImageHandle image, out int width, out int height, out int channels);

    [LibraryImport(Library)]
    internal static partial byte* pv_image_pixels(DecodedImageHandle image);

    [LibraryImport(Library)]
    internal static partial void pv_image_free(nint image);

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_encode(
        byte* pixels, int width, int height, int channels, int format, int quality, out EncodedBytesHandle encoded);

    [LibraryImport(Library)]
    internal static partial long pv_bytes_length(EncodedBytesHandle bytes);

    [LibraryImport(Library)]
    internal static partial byte* pv_bytes_data(EncodedBytesHandle bytes);

    [LibraryImport(Library)]
    internal static partial void pv_bytes_free(nint bytes);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial VisionStatus pv_video_open(string path, out VideoHandle video, out NativeVideoInfo info);

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_video_grab(VideoHandle video, out double milliseconds);

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_video_retrieve(VideoHandle video, int width, int height, byte* rgb);

    [LibraryImport(Library)]
    internal static partial void pv_video_close(nint video);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial VisionStatus pv_video_writer_open(
        string path, int fourcc, double framesPerSecond, int width, int height, out VideoWriterHandle writer);

    [LibraryImport(Library)]
    internal static partial VisionStatus pv_video_writer_add(VideoWriterHandle writer, byte* rgb);

    [LibraryImport(Library)]
    internal static partial void pv_video_writer_close(nint writer);

    /// <summary>The text of this thread's last failure.</summary>
    internal static string LastError() => Marshal.PtrToStringUTF8((nint)pv_last_error()) ?? "no reason given";

    /// <summary>Mirrors <c>PvVideoInfo</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NativeVideoInfo
    {
        public double FramesPerSecond;
        public double FrameCount;
        public int Width;
        public int Height;
        public int Rotation;
    }
}
