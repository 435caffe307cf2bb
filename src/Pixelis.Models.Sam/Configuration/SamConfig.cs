namespace Pixelis.Models.Sam;

/// <summary>Sizes of a Segment Anything model, under the names of its config.json.</summary>
internal sealed record SamConfig
{
    public required SamVisionConfig Vision { get; init; }

    public required SamPromptConfig Prompt { get; init; }

    public required SamDecoderConfig Decoder { get; init; }
}

/// <summary>The image encoder.</summary>
internal sealed record SamVisionConfig
{
    public int HiddenSize { get; init; } = 768;

    /// <summary>Channels of the image embedding.</summary>
    public int OutputChannels { get; init; } = 256;

    public int LayerCount { get; init; } = 12;

    public int HeadCount { get; init; } = 12;

    public int ChannelCount { get; init; } = 3;

    /// <summary>Side of the square input in pixels.</summary>
    public int ImageSize { get; init; } = 1024;

    public int PatchSize { get; init; } = 16;

    /// <summary>Width of the feed-forward block.</summary>
    public int FeedForwardSize { get; init; } = 3072;

    public SamActivation Activation { get; init; } = SamActivation.Gelu;

    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Whether the map to queries, keys and values has a bias.</summary>
    public bool HasQueryBias { get; init; } = true;

    public bool HasAbsolutePositions { get; init; } = true;

    public bool HasRelativePositions { get; init; } = true;

    /// <summary>Side of an attention window in patches; 0: every layer attends to the whole picture.</summary>
    public int WindowSize { get; init; } = 14;

    /// <summary>Layers that attend to the whole picture; all others to one window.</summary>
    public IReadOnlyList<int> GlobalLayers { get; init; } = [2, 5, 8, 11];

    /// <summary>Frequencies of the random Fourier features.</summary>
    public int FrequencyCount { get; init; } = 128;

    /// <summary>Patches on a side.</summary>
    public int GridSize => ImageSize / PatchSize;

    public int HeadSize => HiddenSize / HeadCount;

    /// <summary>Side of the window of a layer in patches; the whole grid for a layer that is not windowed.</summary>
    public int AttentionSize(int layer) => IsWindowed(layer) ? WindowSize : GridSize;

    public bool IsWindowed(int layer) => WindowSize > 0 && !GlobalLayers.Contains(layer);
}

/// <summary>The encoder of points, boxes and masks.</summary>
internal sealed record SamPromptConfig
{
    public int HiddenSize { get; init; } = 256;

    /// <summary>Channels inside the downscaling of a mask; a quarter of them after its first convolution.</summary>
    public int MaskChannels { get; init; } = 16;

    public SamActivation Activation { get; init; } = SamActivation.Gelu;

    public double NormEpsilon { get; init; } = 1e-6;
}

/// <summary>The mask decoder.</summary>
internal sealed record SamDecoderConfig
{
    public int HiddenSize { get; init; } = 256;

    public SamActivation Activation { get; init; } = SamActivation.Relu;

    public int FeedForwardSize { get; init; } = 2048;

    public int LayerCount { get; init; } = 2;

    public int HeadCount { get; init; } = 8;

    /// <summary>By what attention between tokens and picture narrows its width.</summary>
    public int AttentionDownsampling { get; init; } = 2;

    /// <summary>Masks offered for an ambiguous prompt; one more is there for prompts that are not.</summary>
    public int MultimaskCount { get; init; } = 3;

    /// <summary>Linear layers of the head that predicts the intersection over union.</summary>
    public int QualityDepth { get; init; } = 3;

    public int QualityHiddenSize { get; init; } = 256;

    public double NormEpsilon { get; init; } = 1e-6;

    /// <summary>Mask tokens: the single mask first, then the multimask ones.</summary>
    public int MaskTokenCount => MultimaskCount + 1;
}
