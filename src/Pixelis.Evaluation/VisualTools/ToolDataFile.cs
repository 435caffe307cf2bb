using System.Text.Json;

namespace Pixelis.Evaluation;

/// <summary>The JSON lists that describe evaluation data.</summary>
internal static class ToolDataFile
{
    internal static IReadOnlyList<T> Read<T>(string path, Func<JsonElement, T> item)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. document.RootElement.EnumerateArray().Select(item)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new PixelisException($"{path} is not a list of evaluation items: {e.Message}", e);
        }
    }
}
