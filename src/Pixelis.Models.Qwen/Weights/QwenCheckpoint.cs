using System.Text.Json;
using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// The safetensors files of a model folder, whole or in shards. All headers are read and compared with what the config
/// implies before a single weight is touched, so that a damaged folder costs neither memory nor time.
/// </summary>
internal sealed class QwenCheckpoint : IDisposable
{
    private const long MaximumIndexBytes = 64 << 20;

    private readonly List<SafetensorsReader> _readers = [];
    private readonly Dictionary<string, (SafetensorsReader Reader, SafetensorsEntry Entry)> _tensors = new(StringComparer.Ordinal);

    private QwenCheckpoint(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Every tensor by canonical name.</summary>
    public IReadOnlyDictionary<string, (SafetensorsReader Reader, SafetensorsEntry Entry)> Tensors => _tensors;

    /// <summary>Opens the files of a folder.</summary>
    /// <exception cref="ModelFormatException">A file is missing or damaged, or a tensor occurs twice.</exception>
    public static QwenCheckpoint Open(string folder)
    {
        var checkpoint = new QwenCheckpoint(folder);
        try
        {
            string index = Path.Combine(folder, "model.safetensors.index.json");
            string single = Path.Combine(folder, "model.safetensors");
            if (File.Exists(single))
                checkpoint.Add(single);
            else if (File.Exists(index))
                checkpoint.AddShards(index);
            else
                throw new ModelFormatException(folder, "holds neither model.safetensors nor model.safetensors.index.json");
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Compares with what a config implies.</summary>
    /// <exception cref="ModelFormatException">Tensors are missing, have the wrong shape, or (if strict) are not part of the model.</exception>
    public void Check(IReadOnlyList<WeightSpec> specs, bool strict)
    {
        string[] missing = [.. specs.Where(s => !_tensors.ContainsKey(s.Name)).Select(s => s.Name)];
        if (missing.Length > 0)
            throw new ModelFormatException(Folder, $"{missing.Length} tensors that config.json implies are missing: {Names(missing)}");
        foreach (WeightSpec spec in specs)
        {
            (SafetensorsReader reader, SafetensorsEntry entry) = _tensors[spec.Name];
            if (!entry.Shape.SequenceEqual(spec.Shape))
            {
                throw new SafetensorsException(
                    reader.Path, entry.Name, $"has shape [{string.Join(", ", entry.Shape)}], but config.json implies [{string.Join(", ", spec.Shape)}]");
            }

            if (entry.ElementType is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float64))
                throw new SafetensorsException(reader.Path, entry.Name, $"has element type {entry.TypeName}; F32, F16 or BF16 was expected");
        }

        if (!strict)
            return;
        HashSet<string> known = [.. specs.Select(s => s.Name)];
        string[] extra = [.. _tensors.Keys.Where(name => !known.Contains(name) && !IsHarmless(name))];
        if (extra.Length > 0)
            throw new ModelFormatException(Folder, $"{extra.Length} tensors are not part of the model that config.json describes: {Names(extra)}");
    }

    public void Dispose()
    {
        foreach (SafetensorsReader reader in _readers)
            reader.Dispose();
    }

    /// <summary>A tied head that was written all the same, and rotary frequencies that old files carry.</summary>
    private static bool IsHarmless(string name) => name == "lm_head.weight" || name.EndsWith("rotary_emb.inv_freq", StringComparison.Ordinal);

    private static string Names(string[] names) =>
        string.Join(", ", names.Take(8)) + (names.Length > 8 ? $" and {names.Length - 8} more" : "");

    private void AddShards(string index)
    {
        foreach (IGrouping<string, (string Name, string File)> shard in ReadIndex(index).GroupBy(pair => pair.File).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            string path = Path.Combine(Folder, shard.Key);
            if (!File.Exists(path))
                throw new ModelFormatException(path, $"is missing; {Path.GetFileName(index)} says that it holds {shard.Count()} tensors, '{shard.First().Name}' among them");
            SafetensorsReader reader = Add(path);
            foreach ((string name, _) in shard)
            {
                if (!reader.Entries.ContainsKey(name))
                    throw new SafetensorsException(path, name, $"is not in the file, though {Path.GetFileName(index)} says so");
            }
        }
    }

    private SafetensorsReader Add(string path)
    {
        SafetensorsReader reader = SafetensorsReader.Open(path);
        _readers.Add(reader);
        foreach (SafetensorsEntry entry in reader.Entries.Values)
        {
            if (!_tensors.TryAdd(QwenWeightMap.Canonical(entry.Name), (reader, entry)))
                throw new SafetensorsException(path, entry.Name, "occurs twice in the checkpoint");
        }

        return reader;
    }

    private static List<(string Name, string File)> ReadIndex(string index)
    {
        try
        {
            if (new FileInfo(index).Length > MaximumIndexBytes)
                throw new ModelFormatException(index, $"is larger than {MaximumIndexBytes} bytes");
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(index), new JsonDocumentOptions { MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("weight_map", out JsonElement map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new ModelFormatException(index, "field 'weight_map' is missing; an object of file names was expected");
            }

            var pairs = new List<(string, string)>();
            foreach (JsonProperty property in map.EnumerateObject())
            {
                string? file = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
                if (string.IsNullOrEmpty(file) || file != Path.GetFileName(file) || !file.EndsWith(".safetensors", StringComparison.Ordinal))
                    throw new ModelFormatException(index, $"field 'weight_map.{property.Name}' is {property.Value.GetRawText()}; the plain name of a .safetensors file was expected");
                pairs.Add((property.Name, file));
            }

            return pairs;
        }
        catch (JsonException e)
        {
            throw new ModelFormatException(index, $"is not valid JSON: {e.Message}", e);
        }
    }
}
