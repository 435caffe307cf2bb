using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Models with random weights in the real layout: for benchmarks, tests and demonstrations where no trained model may be had.
/// </summary>
public static class RandomQwenModel
{
    /// <summary>Names of the presets, for example <c>qwen2.5-vl-tiny</c>.</summary>
    public static IReadOnlyList<string> Presets => QwenPresets.Names;

    /// <summary>
    /// Writes a model folder (config.json, generation_config.json, preprocessor_config.json for a model that sees, weights) tensor
    /// by tensor: memory needed is that of the largest tensor. No tokenizer is written.
    /// </summary>
    /// <param name="preset">One of <see cref="Presets"/>.</param>
    /// <param name="folder">Made when absent.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <returns>The config that was written.</returns>
    /// <exception cref="PixelisException">There is no such preset.</exception>
    public static QwenConfig Write(string preset, string folder, RandomModelOptions? options = null)
    {
        options ??= new RandomModelOptions();
        QwenConfig config = QwenPresets.Find(preset, options.VocabularySize, options.SpecialTokenBase);
        Write(config, folder, options);
        return config;
    }

    /// <summary>Writes a model folder of any config.</summary>
    internal static void Write(QwenConfig config, string folder, RandomModelOptions options)
    {
        using var source = new RandomSource(config, options, options.DataType);
        WeightSpec[] specs = [.. QwenWeightMap.Of(config)];
        CheckpointWriter.Write(folder, config, options.DataType, specs, options.MaximumShardBytes, source.Draw);
        RandomModelFiles.WriteGeneration(Path.Combine(folder, "generation_config.json"), config);
        if (config.Vision is { } vision)
            RandomModelFiles.WritePreprocessor(Path.Combine(folder, "preprocessor_config.json"), vision);
    }

    /// <summary>Makes a model in memory, without files.</summary>
    /// <param name="preset">One of <see cref="Presets"/>.</param>
    /// <param name="options">Null for the defaults; weights are of <see cref="RandomModelOptions.DataType"/>.</param>
    /// <param name="device">Null for the CPU.</param>
    public static QwenModel Create(string preset, RandomModelOptions? options = null, Device? device = null)
    {
        options ??= new RandomModelOptions();
        return Create(QwenPresets.Find(preset, options.VocabularySize, options.SpecialTokenBase), options, device);
    }

    /// <summary>Makes a model of any config in memory.</summary>
    internal static QwenModel Create(QwenConfig config, RandomModelOptions options, Device? device = null)
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
