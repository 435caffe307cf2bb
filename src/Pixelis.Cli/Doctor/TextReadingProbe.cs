namespace Pixelis.Cli.Doctor;

/// <summary>tesseract, which reads text in images.</summary>
internal static class TextReadingProbe
{
    private const string Remedy = "run ./setup.sh, or install tesseract-ocr and tesseract-ocr-eng; only reading text in images needs it";

    public static IEnumerable<Finding> Findings()
    {
        string? version = NativeLibraries.CallText("libtesseract.so.5", "TessVersion") ?? NativeLibraries.CallText("libtesseract.so", "TessVersion");
        if (version is null)
            return [Finding.Warning("tesseract", "not found", Remedy)];
        string? data = DataFolders().FirstOrDefault(folder => File.Exists(Path.Combine(folder, "eng.traineddata")));
        return data is null
            ? [Finding.Warning("tesseract", $"{version}, but English is missing (no eng.traineddata)", Remedy)]
            : [Finding.Ok("tesseract", $"{version}, languages {Languages(data)} ({data})")];
    }

    private static IEnumerable<string> DataFolders()
    {
        if (Environment.GetEnvironmentVariable("TESSDATA_PREFIX") is { Length: > 0 } named)
            return [named, Path.Combine(named, "tessdata")];
        return ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata"];
    }

    private static string Languages(string folder) =>
        string.Join(", ", Directory.EnumerateFiles(folder, "*.traineddata").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
}
