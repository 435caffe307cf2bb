using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>How a model with random weights is made.</summary>
public sealed record RandomModelOptions
{
    /// <summary>The same seed gives the same files on every machine. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Type of the stored weights: float32, float16 or bfloat16 (default, as released models).</summary>
    public ScalarType DataType { get; init; } = ScalarType.BFloat16;

    /// <summary>Most bytes of one weight file; more go into shards with an index. Default 5 000 000 000, as Hugging Face's tools cut.</summary>
    public long MaxShardBytes { get; init; } = 5_000_000_000;

    /// <summary>Told the share that is written, from 0 to 1; null tells nobody.</summary>
    public IProgress<double>? Progress { get; init; }
}
