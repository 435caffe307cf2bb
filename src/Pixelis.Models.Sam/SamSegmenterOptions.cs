using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>How a <see cref="SamSegmenter"/> runs.</summary>
public sealed record SamSegmenterOptions
{
    /// <summary>Where the model runs. Default null: the CPU. Weights are float32 everywhere.</summary>
    public Device? Device { get; init; }

    /// <summary>
    /// Pictures whose embedding is kept, so that further prompts for them cost only the decoder. The published
    /// models take 4 MiB a picture. Default 8; 0 keeps none.
    /// </summary>
    public int CachedImages { get; init; } = 8;

    /// <summary>
    /// Whether the answer is chosen among the masks for ambiguous prompts (usually three: part, object, whole) or is the single
    /// mask. Default null: chosen for a point alone, single for a point with a box, which leaves little to choose.
    /// </summary>
    public bool? Multimask { get; init; }

    /// <summary>A pixel belongs to the object when its logit is above this. Default 0, which is a probability of one half.</summary>
    public double MaskThreshold { get; init; }
}
