using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pixelis.Imaging;

namespace Pixelis.Tools.Visual.Native;

/// <summary>The functions of <c>libpixelis_vision</c> behind the visual tools.</summary>
internal static unsafe partial class VisualMethods
{
    internal const int Ok = 0;
    internal const int End = 5;
    private const string Library = VisionLibrary.Name;

    static VisualMethods() => VisionLibrary.Register(typeof(VisualMethods).Assembly);

    [LibraryImport(Library)]
    internal static partial byte* pv_last_error();

    [LibraryImport(Library)]
    internal static partial int pv_segment(byte* rgb, int width, int height, int x, int y, int* box, int* cancel, byte* mask, double* scores);

    [LibraryImport(Library)]
    internal static partial int pv_mask_polygon(byte* mask, int width, int height, double tolerance, int* points, int capacity, out int count);

    [LibraryImport(Library)]
    internal static partial int pv_tracker_open(byte* rgb, int width, int height, int* box, int plain, out TrackerHandle tracker);

    [LibraryImport(Library)]
    internal static partial int pv_tracker_update(TrackerHandle tracker, byte* rgb, int width, int height, double* box, out int visible, out double score);

    [LibraryImport(Library)]
    internal static partial void pv_tracker_close(nint tracker);

    [LibraryImport(Library)]
    internal static partial int pv_text_lines(byte* rgb, int width, int height, out TextLinesHandle lines, out int count);

    [LibraryImport(Library)]
    internal static partial int pv_text_line(TextLinesHandle lines, int index, out int width, out int height, out byte* pixels, out double coverage, int* box);

    [LibraryImport(Library)]
    internal static partial void pv_text_lines_free(nint lines);

    [LibraryImport(Library)]
    internal static partial int pv_text_scaled(byte* rgb, int width, int height, int margin, byte* output, int outWidth, int outHeight);

    /// <summary>Turns a status that is not <see cref="Ok"/> into an exception that says what was being done.</summary>
    internal static void Check(int status, string what)
    {
        if (status != Ok)
            throw new PixelisException($"{what} failed: {Marshal.PtrToStringUTF8((nint)pv_last_error()) ?? "no reason given"}.");
    }

    /// <summary>A track in the shim's memory.</summary>
    internal sealed class TrackerHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            pv_tracker_close(handle);
            return true;
        }
    }

    /// <summary>Lines of scene text in the shim's memory.</summary>
    internal sealed class TextLinesHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            pv_text_lines_free(handle);
            return true;
        }
    }
}
