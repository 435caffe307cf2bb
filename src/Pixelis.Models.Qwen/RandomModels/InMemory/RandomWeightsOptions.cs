using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>How a random model is made in memory.</summary>
internal sealed record RandomWeightsOptions
{
    /// <summary>Seed of the weights. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Type of the stored weights. Default bfloat16, as released models have.</summary>
    public ScalarType DataType { get; init; } = ScalarType.BFloat16;

    /// <summary>Rows of the embedding. Default null: the preset's own.</summary>
    public int? VocabularySize { get; init; }

    /// <summary>
    /// Id of the first special token, <c>&lt;|endoftext|&gt;</c>; the others follow at Qwen's distances. Default null: 151643, or the
    /// last 32 ids of a smaller vocabulary.
    /// </summary>
    public int? SpecialTokenBase { get; init; }

    /// <summary>Standard deviation of matrices. Default 0.02.</summary>
    public double StandardDeviation { get; init; } = 0.02;

    /// <summary>Largest weight file in bytes. Default 5 GB.</summary>
    public long MaximumShardBytes { get; init; } = 5_000_000_000;
}
