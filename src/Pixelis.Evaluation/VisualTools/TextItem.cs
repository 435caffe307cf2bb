namespace Pixelis.Evaluation;

/// <summary>A picture of text with what it says.</summary>
/// <param name="Id">Name.</param>
/// <param name="ImagePath">The picture.</param>
/// <param name="Expected">What it says, lines as printed.</param>
/// <param name="IsWord">A photo crop of a single word rather than a page, a screen or a receipt.</param>
public sealed record TextItem(string Id, string ImagePath, string Expected, bool IsWord)
{
    /// <summary>Reads <c>ocr.json</c> of a folder.</summary>
    /// <exception cref="PixelisException">The file lacks a field.</exception>
    public static IReadOnlyList<TextItem> LoadFolder(string folder) => ToolDataFile.Read(Path.Combine(folder, "ocr.json"), entry => new TextItem(
        entry.GetProperty("id").GetString()!, Path.Combine(folder, entry.GetProperty("file").GetString()!),
        File.ReadAllText(Path.Combine(folder, entry.GetProperty("expected").GetString()!)),
        entry.GetProperty("kind").GetString()!.Contains("one word", StringComparison.Ordinal)));
}
