using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>What can be said of a model folder without loading its weights.</summary>
public sealed record QwenModelSummary
{
    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Its config.</summary>
    public required QwenConfig Config { get; init; }

    /// <summary>Parameters of the embedding (and of the head, where it is not tied).</summary>
    public required long EmbeddingParameters { get; init; }

    /// <summary>Parameters of the decoder without the embedding.</summary>
    public required long DecoderParameters { get; init; }

    /// <summary>Parameters of the vision tower; 0 without one.</summary>
    public required long VisionParameters { get; init; }

    /// <summary>Stored bytes by element type as spelled in the files; empty when the folder holds no weights.</summary>
    public required IReadOnlyDictionary<string, long> StoredBytes { get; init; }

    /// <summary>Number of weight files.</summary>
    public required int FileCount { get; init; }

    /// <summary>All parameters.</summary>
    public long ParameterCount => EmbeddingParameters + DecoderParameters + VisionParameters;

    /// <summary>Bytes of the weights when held in a type.</summary>
    public long BytesIn(ScalarType type) => ParameterCount * ElementTypes.SizeOf(type);

    /// <summary>Bytes of keys and values that one token takes in the cache when held in a type.</summary>
    public long CacheBytesPerToken(ScalarType type) =>
        2L * Config.Text.LayerCount * Config.Text.KeyValueHeadCount * Config.Text.HeadSize * ElementTypes.SizeOf(type);
}
