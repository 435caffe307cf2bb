using System.Text.Json;

namespace Pixelis.Cli.Models;

/// <summary>Finds the weight files of a model folder.</summary>
internal static class WeightFiles
{
    private const string IndexName = "model.safetensors.index.json";

    /// <summary>Full paths: the single file, which loading prefers too, or those the index names.</summary>
    /// <exception cref="ModelFormatException">There are none, or the index names one that is absent.</exception>
    public static IReadOnlyList<string> In(string folder)
    {
        string single = Path.Combine(folder, "model.safetensors");
        if (File.Exists(single))
            return [single];
        string index = Path.Combine(folder, IndexName);
        return File.Exists(index) ? [.. Shards(index).Select(name => Existing(folder, name))] : throw new ModelFormatException(folder, $"no weights; expected model.safetensors or {IndexName}");
    }

    private static SortedSet<string> Shards(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            return new SortedSet<string>(
                document.RootElement.GetProperty("weight_map").EnumerateObject().Select(entry => entry.Value.GetString() ?? ""), StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ModelFormatException(index, "expected a JSON object whose weight_map names a file for every tensor", problem);
        }
    }

    private static string Existing(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        if (name != Path.GetFileName(name) || !File.Exists(path))
            throw new ModelFormatException(Path.Combine(folder, IndexName), $"names the shard '{name}', which is not in the folder");
        return path;
    }
}
