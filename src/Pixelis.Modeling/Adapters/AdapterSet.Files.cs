using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <content>PEFT folders.</content>
public sealed partial class AdapterSet
{
    private const string WeightsFile = "adapter_model.safetensors";

    /// <summary>Reads an adapter in PEFT's form and switches it on. Both spellings of layer paths are understood.</summary>
    /// <param name="folder">Holds adapter_config.json and adapter_model.safetensors.</param>
    /// <param name="name">Its name in this set.</param>
    /// <exception cref="ModelFormatException">The folder cannot be used with this model; nothing was changed.</exception>
    public void Load(string folder, string name = "default")
    {
        RequireFree(name);
        LoraOptions options = AdapterConfigFile.Read(Path.Combine(folder, AdapterConfigFile.FileName));
        using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(folder, WeightsFile));
        var layers = new SortedDictionary<string, LoraLinear>(StringComparer.Ordinal);
        try
        {
            foreach ((string path, (string a, string b)) in PairsOf(reader))
                layers.Add(path, LoadLayer(reader, path, a, b, options));
            if (layers.Count == 0)
                throw new SafetensorsException(reader.Path, null, "holds no LoRA matrices");
        }
        catch
        {
            foreach (LoraLinear layer in layers.Values)
                layer.Dispose();
            throw;
        }

        Take(name, new Adapter(options, layers));
    }

    /// <summary>Writes an adapter in PEFT's form: both files beside their targets first, then renamed.</summary>
    /// <param name="name">The adapter.</param>
    /// <param name="folder">Made when absent.</param>
    /// <param name="newTree">
    /// Whether to spell paths as in the module tree of a vision model since mid 2025 (<c>model.language_model.layers</c>). Default
    /// false: as in the checkpoint, which older and newer loaders map by themselves.
    /// </param>
    public void Save(string name, string folder, bool newTree = false)
    {
        Adapter adapter = Find(name);
        Directory.CreateDirectory(folder);
        var tensors = new SortedDictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string parameterName, Parameter parameter) in NamedParameters(name))
            tensors.Add(AdapterKeys.Prefix + (newTree ? AdapterKeys.InNewTree(parameterName) : parameterName), parameter);
        using var writer = new SafetensorsWriter(
            Path.Combine(folder, WeightsFile), tensors.Select(t => (t.Key, t.Value.dtype, t.Value.shape)));
        foreach (Tensor tensor in tensors.Values)
            writer.Write(tensor);
        string config = Path.Combine(folder, AdapterConfigFile.FileName);
        string beside = config + ".tmp";
        AdapterConfigFile.Write(beside, adapter.Options, LayersBeyondTargets(adapter));
        writer.Commit();
        File.Move(beside, config, overwrite: true);
    }

    /// <summary>
    /// The layers by name when the options would hit others than the adapter has (a file may hold fewer than its config names):
    /// paths from <c>layers</c> on, which end the path in either tree. Null when the options say it exactly.
    /// </summary>
    private string[]? LayersBeyondTargets(Adapter adapter)
    {
        if (_projections.Keys.Where(adapter.Options.Adapts).SequenceEqual(adapter.Layers.Keys))
            return adapter.Options.LayerIndexes is null ? null : [.. adapter.Layers.Keys.Select(Shorten)];
        return [.. adapter.Layers.Keys.Select(Shorten)];

        static string Shorten(string path) => path.StartsWith("model.", StringComparison.Ordinal) ? path["model.".Length..] : path;
    }

    private Dictionary<string, (string A, string B)> PairsOf(SafetensorsReader reader)
    {
        var a = new Dictionary<string, string>(StringComparer.Ordinal);
        var b = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in reader.Entries.Keys)
        {
            (string Path, bool IsA) part = AdapterKeys.Parse(key)
                ?? throw new SafetensorsException(reader.Path, key, "is not the LoRA matrix of a linear layer; nothing else is supported");
            if (!_projections.ContainsKey(part.Path))
                throw new SafetensorsException(reader.Path, key, "belongs to no linear layer of this model");
            if (!(part.IsA ? a : b).TryAdd(part.Path, key))
                throw new SafetensorsException(reader.Path, key, "occurs in two spellings");
        }

        foreach (string path in a.Keys.Except(b.Keys).Concat(b.Keys.Except(a.Keys)))
            throw new SafetensorsException(reader.Path, a.GetValueOrDefault(path) ?? b[path], "has no partner: lora_A and lora_B come in pairs");
        return a.ToDictionary(pair => pair.Key, pair => (pair.Value, b[pair.Key]));
    }

    private LoraLinear LoadLayer(SafetensorsReader reader, string path, string a, string b, LoraOptions options)
    {
        Parameter weight = _projections[path].Weight;
        int rank = options.RankOf(path);
        Expect(reader, a, rank, weight.shape[1]);
        Expect(reader, b, weight.shape[0], rank);
        return new LoraLinear(
            ReadParameter(reader, a, options.DataType, weight.device), ReadParameter(reader, b, options.DataType, weight.device), options.ScaleOf(path), options.Dropout);
    }

    private static void Expect(SafetensorsReader reader, string key, long rows, long columns)
    {
        IReadOnlyList<long> shape = reader.Entries[key].Shape;
        if (shape.Count != 2 || shape[0] != rows || shape[1] != columns)
            throw new SafetensorsException(reader.Path, key, $"has shape [{string.Join(", ", shape)}]; the model and adapter_config.json imply [{rows}, {columns}]");
    }

    private static Parameter ReadParameter(SafetensorsReader reader, string key, ScalarType type, Device device)
    {
        using IDisposable mode = torch.inference_mode(false);
        using Tensor read = reader.Read(key);
        return Own(read.to(type, device, copy: true));
    }
}
