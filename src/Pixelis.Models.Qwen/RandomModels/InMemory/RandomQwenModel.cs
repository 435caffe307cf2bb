using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Models with random weights for tests and benchmarks: any family and size, in memory or as bare weight folders. Folders that a
/// user asks for, with tokenizer and processor files, are made by <see cref="RandomModels.RandomModel"/>.
/// </summary>
internal static class RandomQwenModel
{
    /// <summary>Writes config.json and weights, tensor by tensor.</summary>
    public static void Write(QwenConfig config, string folder, RandomWeightsOptions options)
    {
        using var source = new RandomSource(config, options, options.DataType);
        WeightSpec[] specs = [.. QwenWeightMap.Of(config)];
        CheckpointWriter.Write(folder, config, options.DataType, specs, options.MaximumShardBytes, source.Draw);
    }

    /// <summary>Makes a model in memory, without files.</summary>
    /// <param name="preset">One of <see cref="QwenPresets.Names"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="device">Null for the CPU.</param>
    public static QwenModel Create(string preset, RandomWeightsOptions? options = null, Device? device = null)
    {
        options ??= new RandomWeightsOptions();
        return Create(QwenPresets.Find(preset, options.VocabularySize, options.SpecialTokenBase), options, device);
    }

    /// <summary>Makes a model of any config in memory.</summary>
    public static QwenModel Create(QwenConfig config, RandomWeightsOptions options, Device? device = null)
    {
        using var source = new RandomSource(config, options, options.DataType);
        return QwenModel.Build(config, new ParameterSource(source, device ?? torch.CPU), options.DataType, device ?? torch.CPU, new QwenModelOptions());
    }

    private sealed class ParameterSource(RandomSource source, Device device) : IParameterSource
    {
        public Parameter Take(string name)
        {
            using IDisposable mode = torch.inference_mode(false);
            using Tensor drawn = source.Draw(name);
            var parameter = new Parameter(drawn.to(device, copy: true));
            parameter.DetachFromDisposeScope();
            return parameter;
        }
    }
}
