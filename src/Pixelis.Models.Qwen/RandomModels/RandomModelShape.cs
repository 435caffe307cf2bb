namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>The sizes of a Qwen2.5-VL model to be made with random weights.</summary>
public sealed record RandomModelShape
{
    private RandomModelShape()
    {
    }

    /// <summary>The name to ask for it by, for example <c>qwen2.5-vl-tiny</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Width of the decoder's hidden state.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Query heads; their width is <see cref="HiddenSize"/> divided by their number.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Key and value heads.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Width of the decoder's feed-forward blocks.</summary>
    public required int FeedForwardSize { get; init; }

    /// <summary>Rows of the embedding; the tokenizer that is made with the model fills all but the rows the released models leave free.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Whether the output head shares the embedding's weights.</summary>
    public required bool TiedHead { get; init; }

    /// <summary>Most positions.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Width of the vision tower.</summary>
    public required int VisionSize { get; init; }

    /// <summary>Blocks of the vision tower.</summary>
    public required int VisionDepth { get; init; }

    /// <summary>Heads of the vision tower.</summary>
    public required int VisionHeadCount { get; init; }

    /// <summary>Width of the vision tower's feed-forward blocks.</summary>
    public required int VisionFeedForwardSize { get; init; }

    /// <summary>Most pixels an image is shown to the model with; larger ones are made smaller first.</summary>
    public required int MaxPixels { get; init; }

    /// <summary>Tokens of the base vocabulary; added tokens follow. Rows beyond both stay without a token, as in released models.</summary>
    internal int BaseVocabularySize => Math.Min(VocabularySize - QwenAddedTokens.All.Count, 151_643);

    /// <summary>Width of a query head.</summary>
    internal int HeadSize => HiddenSize / HeadCount;

    /// <summary>The shapes that can be asked for, smallest first.</summary>
    public static IReadOnlyList<RandomModelShape> All { get; } =
    [
        new()
        {
            Name = "qwen2.5-vl-tiny", HiddenSize = 256, LayerCount = 6, HeadCount = 4, KeyValueHeadCount = 2, FeedForwardSize = 1024,
            VocabularySize = 4096, TiedHead = true, ContextLength = 8192,
            VisionSize = 128, VisionDepth = 4, VisionHeadCount = 4, VisionFeedForwardSize = 256, MaxPixels = 401_408,
        },
        new()
        {
            Name = "qwen2.5-vl-0.1b", HiddenSize = 512, LayerCount = 16, HeadCount = 8, KeyValueHeadCount = 2, FeedForwardSize = 2816,
            VocabularySize = 32_768, TiedHead = true, ContextLength = 32_768,
            VisionSize = 256, VisionDepth = 8, VisionHeadCount = 4, VisionFeedForwardSize = 704, MaxPixels = 1_003_520,
        },
        new()
        {
            Name = "qwen2.5-vl-0.5b", HiddenSize = 896, LayerCount = 24, HeadCount = 14, KeyValueHeadCount = 2, FeedForwardSize = 4864,
            VocabularySize = 151_936, TiedHead = true, ContextLength = 32_768,
            VisionSize = 512, VisionDepth = 12, VisionHeadCount = 8, VisionFeedForwardSize = 1376, MaxPixels = 1_003_520,
        },
        new()
        {
            Name = "qwen2.5-vl-3b", HiddenSize = 2048, LayerCount = 36, HeadCount = 16, KeyValueHeadCount = 2, FeedForwardSize = 11_008,
            VocabularySize = 151_936, TiedHead = true, ContextLength = 128_000,
            VisionSize = 1280, VisionDepth = 32, VisionHeadCount = 16, VisionFeedForwardSize = 3420, MaxPixels = 12_845_056,
        },
        new()
        {
            Name = "qwen2.5-vl-7b", HiddenSize = 3584, LayerCount = 28, HeadCount = 28, KeyValueHeadCount = 4, FeedForwardSize = 18_944,
            VocabularySize = 152_064, TiedHead = false, ContextLength = 128_000,
            VisionSize = 1280, VisionDepth = 32, VisionHeadCount = 16, VisionFeedForwardSize = 3420, MaxPixels = 12_845_056,
        },
    ];

    /// <summary>Finds a shape by its name, or by the last part of it (<c>tiny</c>, <c>0.5b</c>); null when there is none.</summary>
    public static RandomModelShape? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(shape =>
            shape.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || shape.Name.EndsWith("-" + name, StringComparison.OrdinalIgnoreCase));
    }
}
