namespace Pixelis.Models.Qwen;

/// <summary>Sizes of the vision tower.</summary>
public sealed record QwenVisionConfig
{
    /// <summary>Epsilon of all norms of the tower, whatever the text config says.</summary>
    public const double NormEpsilon = 1e-6;

    /// <summary>Base of the tower's rotary frequencies, whatever the text config says.</summary>
    public const double RopeTheta = 10000;

    /// <summary>Blocks.</summary>
    public required int Depth { get; init; }

    /// <summary>Width of a patch's state.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the feed-forward block.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Attention heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Colour channels.</summary>
    public required int ChannelCount { get; init; }

    /// <summary>Width of the features that the language model reads.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Side of a patch in pixels.</summary>
    public required int PatchSize { get; init; }

    /// <summary>Frames in a patch.</summary>
    public required int TemporalPatchSize { get; init; }

    /// <summary>Patches on the side of a merged unit.</summary>
    public required int MergeSize { get; init; }

    /// <summary>Side of an attention window in pixels.</summary>
    public required int WindowSize { get; init; }

    /// <summary>Blocks that attend to a whole frame; all others to one window.</summary>
    public required IReadOnlyList<int> FullAttentionBlocks { get; init; }

    /// <summary>Temporal positions a second of video takes.</summary>
    public required double TokensPerSecond { get; init; }

    /// <summary>Width of a head.</summary>
    public int HeadSize => HiddenSize / HeadCount;

    /// <summary>Numbers in a flattened patch.</summary>
    public int PatchLength => ChannelCount * TemporalPatchSize * PatchSize * PatchSize;

    /// <summary>Patches that are merged into one feature.</summary>
    public int PatchesPerFeature => MergeSize * MergeSize;
}
