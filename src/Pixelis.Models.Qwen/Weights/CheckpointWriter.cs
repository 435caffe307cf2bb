using System.Globalization;
using System.Text.Json;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Writes a model folder in Hugging Face's layout, tensor by tensor. Every file is renamed into place when it is whole, the
/// index after the shards and config.json last, so that an interrupted write is not mistaken for a model.
/// </summary>
internal static class CheckpointWriter
{
    public static void Write(
        string folder, QwenConfig config, ScalarType type, IReadOnlyList<WeightSpec> specs, long maximumShardBytes, Func<WeightSpec, Tensor> produce)
    {
        Directory.CreateDirectory(folder);
        List<List<WeightSpec>> shards = Split(specs, ElementTypes.SizeOf(type), maximumShardBytes);
        string[] names = shards.Count == 1
            ? ["model.safetensors"]
            : [.. Enumerable.Range(1, shards.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"model-{i:D5}-of-{shards.Count:D5}.safetensors"))];
        for (int i = 0; i < shards.Count; i++)
            WriteShard(Path.Combine(folder, names[i]), shards[i], type, produce);
        string index = Path.Combine(folder, "model.safetensors.index.json");
        if (shards.Count > 1)
            WriteIndex(index, shards, names, ElementTypes.SizeOf(type));
        RemoveStale(folder, shards.Count > 1 ? [.. names, Path.GetFileName(index)] : names);
        QwenConfigWriter.Write(Path.Combine(folder, "config.json"), config, type);
    }

    private static List<List<WeightSpec>> Split(IReadOnlyList<WeightSpec> specs, int elementSize, long maximumBytes)
    {
        List<List<WeightSpec>> shards = [[]];
        long bytes = 0;
        foreach (WeightSpec spec in specs)
        {
            long size = spec.ElementCount * elementSize;
            if (shards[^1].Count > 0 && bytes + size > maximumBytes)
            {
                shards.Add([]);
                bytes = 0;
            }

            shards[^1].Add(spec);
            bytes += size;
        }

        return shards;
    }

    private static void WriteShard(string path, List<WeightSpec> specs, ScalarType type, Func<WeightSpec, Tensor> produce)
    {
        using var writer = new SafetensorsWriter(path, specs.Select(spec => (spec.Name, type, spec.Shape)));
        foreach (WeightSpec spec in specs)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            writer.Write(produce(spec));
        }

        writer.Commit();
    }

    private static void WriteIndex(string path, List<List<WeightSpec>> shards, string[] names, int elementSize)
    {
        AtomicFile.WriteJson(path, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteNumber("total_size", shards.SelectMany(shard => shard).Sum(spec => spec.ElementCount * elementSize));
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            for (int i = 0; i < shards.Count; i++)
            {
                foreach (WeightSpec spec in shards[i])
                    json.WriteString(spec.Name, names[i]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>Weight files of an earlier write that this one did not replace would otherwise win over it, or confuse.</summary>
    private static void RemoveStale(string folder, IReadOnlyCollection<string> written)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "model*.safetensors*"))
        {
            if (!written.Contains(Path.GetFileName(path)))
                File.Delete(path);
        }
    }
}
