namespace Pixelis.Models.Qwen;

/// <summary>Sizes of the language model.</summary>
public sealed record QwenTextConfig
{
    /// <summary>Rows of the embedding.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Width of the hidden state.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Width of the feed-forward block.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Decoder layers.</summary>
    public required int LayerCount { get; init; }

    /// <summary>Query heads.</summary>
    public required int HeadCount { get; init; }

    /// <summary>Key/value heads; divides <see cref="HeadCount"/>.</summary>
    public required int KeyValueHeadCount { get; init; }

    /// <summary>Width of a head; need not be hidden size over heads.</summary>
    public required int HeadSize { get; init; }

    /// <summary>Epsilon of the decoder's norms (the vision tower has its own).</summary>
    public required double NormEpsilon { get; init; }

    /// <summary>Base of the rotary frequencies.</summary>
    public required double RopeTheta { get; init; }

    /// <summary>Frequencies that follow time, height and width; empty for plain rotary positions.</summary>
    public IReadOnlyList<int> RopeSections { get; init; } = [];

    /// <summary>Most positions the model was made for.</summary>
    public required int ContextLength { get; init; }

    /// <summary>Whether the output layer is the embedding.</summary>
    public required bool TiesEmbeddings { get; init; }

    /// <summary>Whether q, k and v have biases.</summary>
    public required bool HasQueryKeyValueBias { get; init; }

    /// <summary>Whether the attention's output projection has a bias.</summary>
    public bool HasOutputBias { get; init; }

    /// <summary>Whether queries and keys are normalised per head.</summary>
    public required bool NormalizesQueryAndKey { get; init; }
}
