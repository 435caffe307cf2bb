using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Model folders with random weights, for tests, demonstrations and measurements. What such a model finds means nothing.</summary>
public static class RandomSamModel
{
    /// <summary>The sizes there are: <c>tiny</c> (inputs of 128 pixels, under 0.2 MB) and <c>base</c> (as <c>facebook/sam-vit-base</c>, 375 MB).</summary>
    public static IReadOnlyList<string> Sizes { get; } = ["tiny", "base"];

    /// <summary>Writes config.json, preprocessor_config.json and model.safetensors. Equal sizes and seeds give equal files.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="size">One of <see cref="Sizes"/>.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="ArgumentException">There is no such size.</exception>
    public static void Write(string folder, string size = "tiny", long seed = 0)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Write(folder, Config(size), seed);
    }

    internal static SamConfig Config(string size) => size switch
    {
        "base" => new SamConfig { Vision = new SamVisionConfig(), Prompt = new SamPromptConfig(), Decoder = new SamDecoderConfig() },
        "tiny" => new SamConfig
        {
            Vision = new SamVisionConfig
            {
                HiddenSize = 16, OutputChannels = 16, LayerCount = 3, HeadCount = 2, ImageSize = 128, PatchSize = 16, FeedForwardSize = 32,
                WindowSize = 3, GlobalLayers = [1, 2], FrequencyCount = 8,
            },
            Prompt = new SamPromptConfig { HiddenSize = 16, MaskChannels = 8 },
            Decoder = new SamDecoderConfig { HiddenSize = 16, FeedForwardSize = 32, HeadCount = 2, QualityHiddenSize = 16 },
        },
        _ => throw new ArgumentException($"'{size}' is no size; there are {string.Join(" and ", Sizes)}.", nameof(size)),
    };

    internal static void Write(string folder, SamConfig config, long seed)
    {
        Directory.CreateDirectory(folder);
        IReadOnlyList<SamParameter> parameters = SamParameters.Of(config);
        using (var writer = new SafetensorsWriter(
            Path.Combine(folder, "model.safetensors"), parameters.Select(p => (p.Name, ScalarType.Float32, p.Shape))))
        {
            using var generator = new Generator((ulong)seed, CPU);
            foreach (SamParameter parameter in parameters)
            {
                using DisposeScope scope = NewDisposeScope();
                writer.Write(Draw(parameter, generator));
            }

            writer.Commit();
        }

        SamConfigWriter.Write(folder, config);
    }

    // Weights keep the size of what they are applied to, so that numbers neither vanish nor explode through the layers.
    private static Tensor Draw(SamParameter parameter, Generator generator)
    {
        if (parameter.Kind == SamParameterKind.Scale)
            return ones(parameter.Shape, ScalarType.Float32);
        double deviation = parameter.Kind switch
        {
            SamParameterKind.Weight => 1 / Math.Sqrt(parameter.Shape.Skip(1).Aggregate(1.0, (product, size) => product * size)),
            SamParameterKind.Frequencies => 1,
            SamParameterKind.Embedding => 0.5,
            _ => 0.1,
        };
        return randn(parameter.Shape, ScalarType.Float32, generator: generator) * deviation;
    }
}
