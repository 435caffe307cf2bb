using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual.Reading;

/// <summary>One tesseract engine with its model loaded. Used by one thread at a time.</summary>
internal sealed unsafe class TesseractEngine : SafeHandleZeroOrMinusOneIsInvalid
{
    private TesseractEngine(nint api)
        : base(ownsHandle: true) => SetHandle(api);

    /// <summary>Loads a language; throws when tesseract or the language is missing.</summary>
    internal static TesseractEngine Load(string language, string? dataPath)
    {
        nint api;
        try
        {
            api = TesseractMethods.TessBaseAPICreate();
        }
        catch (DllNotFoundException e)
        {
            throw new PixelisException("Reading text needs tesseract 5 (libtesseract.so.5), which is not installed: run ./setup.sh, or install tesseract-ocr.", e);
        }
        var engine = new TesseractEngine(api);
        // Without this, tesseract writes to the host's standard error, even about a language that is not there.
        _ = TesseractMethods.TessBaseAPISetVariable(api, "debug_file", "/dev/null");
        if (TesseractMethods.TessBaseAPIInit3(api, dataPath, language) == 0)
            return engine;
        engine.Dispose();
        throw new VisualArgumentException("language", $"'{language}' is not an installed tesseract language (package tesseract-ocr-LANG, or set TESSDATA_PREFIX to the folder of the .traineddata files).");
    }

    /// <summary>Reads a picture; boxes are in its pixels. The rotation is what tesseract's layout analysis found and undid by itself.</summary>
    internal RecognizedText Read(GreyPicture picture, int mode, CancellationToken cancellationToken, int pixelsPerInch = 0)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int[] stop = GC.AllocateArray<int>(1, pinned: true);
        using CancellationTokenRegistration registration = cancellationToken.Register(() => Volatile.Write(ref stop[0], 1));
        nint monitor = TesseractMethods.TessMonitorCreate();
        try
        {
            using OpenMpSerial serial = OpenMpSerial.Enter();
            fixed (byte* pixels = picture.Pixels)
            fixed (int* flag = stop)
            {
                TesseractMethods.TessMonitorSetCancelFunc(monitor, &IsCancelled);
                TesseractMethods.TessMonitorSetCancelThis(monitor, (nint)flag);
                TesseractMethods.TessBaseAPISetPageSegMode(handle, mode);
                TesseractMethods.TessBaseAPISetImage(handle, pixels, picture.Width, picture.Height, 1, picture.Width);
                if (pixelsPerInch > 0)
                    TesseractMethods.TessBaseAPISetSourceResolution(handle, pixelsPerInch);
                int failed = TesseractMethods.TessBaseAPIRecognize(handle, monitor);
                cancellationToken.ThrowIfCancellationRequested();
                return failed != 0 ? new RecognizedText([], 0) : Words();
            }
        }
        finally
        {
            TesseractMethods.TessMonitorDelete(monitor);
            TesseractMethods.TessBaseAPIClear(handle);
        }
    }

    protected override bool ReleaseHandle()
    {
        TesseractMethods.TessBaseAPIDelete(handle);
        return true;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static byte IsCancelled(nint state, int words) => Volatile.Read(ref *(int*)state) != 0 ? (byte)1 : (byte)0;

    private RecognizedText Words()
    {
        var words = new List<RecognizedWord>();
        var turns = new int[4];
        nint iterator = TesseractMethods.TessBaseAPIGetIterator(handle);
        if (iterator == 0)
            return new RecognizedText(words, 0);
        nint page = TesseractMethods.TessResultIteratorGetPageIterator(iterator);
        int line = -1, block = -1;
        do
        {
            if (TesseractMethods.TessPageIteratorIsAtBeginningOf(page, TesseractMethods.LevelBlock) != 0)
                block++;
            if (TesseractMethods.TessPageIteratorIsAtBeginningOf(page, TesseractMethods.LevelLine) != 0)
                line++;
            byte* utf8 = TesseractMethods.TessResultIteratorGetUTF8Text(iterator, TesseractMethods.LevelWord);
            if (utf8 is null)
                continue;
            string text = (Marshal.PtrToStringUTF8((nint)utf8) ?? "").Trim();
            TesseractMethods.TessDeleteText(utf8);
            if (text.Length == 0 || TesseractMethods.TessPageIteratorBoundingBox(page, TesseractMethods.LevelWord, out int left, out int top, out int right, out int bottom) == 0)
                continue;
            TesseractMethods.TessPageIteratorOrientation(page, out int orientation, out int direction, out _, out _);
            // Lines on their side come back as upright text written downwards: in Latin script, turned clockwise.
            turns[(orientation + (direction == TesseractMethods.WritingTopToBottom ? 1 : 0)) & 3] += text.Length;
            double confidence = Math.Clamp(TesseractMethods.TessResultIteratorConfidence(iterator, TesseractMethods.LevelWord) / 100, 0, 1);
            words.Add(new RecognizedWord(text, new PixelRect(left, top, right - left, bottom - top), confidence, line, block));
        }
        while (TesseractMethods.TessResultIteratorNext(iterator, TesseractMethods.LevelWord) != 0);
        TesseractMethods.TessResultIteratorDelete(iterator);
        return new RecognizedText(words, 90 * Array.IndexOf(turns, turns.Max()));
    }
}
