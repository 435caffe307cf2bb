namespace Pixelis.Modeling;

/// <summary>The sizes of a model that those who run or train it need.</summary>
public sealed record ModelDescription
{
    /// <summary>Architecture name as in config.json, for example <c>Qwen2_5_VLForConditionalGeneration</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Entries of the vocabulary (rows of the embedding).</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the hidden state.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Key/value heads.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Width of a head.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Most positions the model was made for.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Token ids that end a turn.</summary>
    public IReadOnlyList<int> EndOfTurnTokenIds { get; init; } = [];

    /// <summary>Token id used for padding.</summary>
    public int PaddingTokenId { get; init; }

    /// <summary>Whether the model has a vision tower.</summary>
    public bool SeesImages { get; init; }
}
