using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <content>Writing.</content>
public sealed partial class QwenModel
{
    /// <summary>
    /// Writes the model as a Hugging Face folder: config.json and safetensors, in shards when they would be too large. Tokenizer
    /// and processor files are not touched. May overwrite the folder the model was loaded from.
    /// </summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="maximumShardBytes">Largest weight file; a single tensor may exceed it. Default 5 GB.</param>
    /// <param name="type">Type to write the weights in; null (default) writes them as they are held.</param>
    public void SavePretrained(string folder, long maximumShardBytes = 5_000_000_000, ScalarType? type = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumShardBytes, 1);
        Dictionary<string, Parameter> parameters = _network.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter);
        WeightSpec[] specs = [.. QwenWeightMap.Of(Config)];
        ScalarType written = type ?? DataType;
        CheckpointWriter.Write(folder, Config, written, specs, maximumShardBytes, spec => parameters[spec.Name].detach().to(written));
    }
}
