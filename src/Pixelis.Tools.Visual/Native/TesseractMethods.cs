using System.Runtime.InteropServices;

namespace Pixelis.Tools.Visual.Native;

/// <summary>The part of tesseract's C API (capi.h, version 5) that the reader uses.</summary>
internal static unsafe partial class TesseractMethods
{
    internal const int PageSegSingleColumn = 4;
    internal const int PageSegAuto = 3;
    internal const int PageSegBlock = 6;
    internal const int PageSegLine = 7;
    internal const int PageSegWord = 8;
    internal const int PageSegSparse = 11;
    internal const int WritingTopToBottom = 2;
    internal const int LevelBlock = 0;
    internal const int LevelLine = 2;
    internal const int LevelWord = 3;
    private const string Library = "libtesseract.so.5";

    [LibraryImport(Library)]
    internal static partial byte* TessVersion();

    [LibraryImport(Library)]
    internal static partial nint TessBaseAPICreate();

    [LibraryImport(Library)]
    internal static partial void TessBaseAPIDelete(nint api);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TessBaseAPIInit3(nint api, string? dataPath, string language);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TessBaseAPISetVariable(nint api, string name, string value);

    [LibraryImport(Library)]
    internal static partial void TessBaseAPISetPageSegMode(nint api, int mode);

    [LibraryImport(Library)]
    internal static partial void TessBaseAPISetImage(nint api, byte* pixels, int width, int height, int bytesPerPixel, int bytesPerLine);

    [LibraryImport(Library)]
    internal static partial void TessBaseAPISetSourceResolution(nint api, int pixelsPerInch);

    [LibraryImport(Library)]
    internal static partial int TessBaseAPIRecognize(nint api, nint monitor);

    [LibraryImport(Library)]
    internal static partial void TessBaseAPIClear(nint api);

    [LibraryImport(Library)]
    internal static partial nint TessBaseAPIGetIterator(nint api);

    [LibraryImport(Library)]
    internal static partial nint TessResultIteratorGetPageIterator(nint iterator);

    [LibraryImport(Library)]
    internal static partial int TessResultIteratorNext(nint iterator, int level);

    [LibraryImport(Library)]
    internal static partial byte* TessResultIteratorGetUTF8Text(nint iterator, int level);

    [LibraryImport(Library)]
    internal static partial float TessResultIteratorConfidence(nint iterator, int level);

    [LibraryImport(Library)]
    internal static partial void TessResultIteratorDelete(nint iterator);

    [LibraryImport(Library)]
    internal static partial int TessPageIteratorIsAtBeginningOf(nint iterator, int level);

    [LibraryImport(Library)]
    internal static partial int TessPageIteratorBoundingBox(nint iterator, int level, out int left, out int top, out int right, out int bottom);

    [LibraryImport(Library)]
    internal static partial void TessPageIteratorOrientation(nint iterator, out int orientation, out int writingDirection, out int textlineOrder, out float deskewAngle);

    [LibraryImport(Library)]
    internal static partial void TessDeleteText(byte* text);

    [LibraryImport(Library)]
    internal static partial nint TessMonitorCreate();

    [LibraryImport(Library)]
    internal static partial void TessMonitorDelete(nint monitor);

    [LibraryImport(Library)]
    internal static partial void TessMonitorSetCancelFunc(nint monitor, delegate* unmanaged[Cdecl]<nint, int, byte> cancel);

    [LibraryImport(Library)]
    internal static partial void TessMonitorSetCancelThis(nint monitor, nint state);
}
