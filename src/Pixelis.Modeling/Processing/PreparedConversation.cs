using Pixelis.Generation;

namespace Pixelis.Modeling;

/// <summary>A conversation as a model reads it. Plain memory, no tensors; immutable.</summary>
public sealed record PreparedConversation
{
    /// <summary>Every token id in order.</summary>
    public required IReadOnlyList<int> TokenIds { get; init; }

    /// <summary>
    /// Where each token comes from: sampled is what an assistant turn's model samples, its ending token included; injected is all else,
    /// also the template's words around an assistant turn.
    /// </summary>
    public required IReadOnlyList<TokenProvenance> Provenance { get; init; }

    /// <summary>
    /// One span a turn. An assistant turn's span holds exactly its sampled tokens. Any other turn's begins right after what came before it,
    /// so it includes the template's end of an assistant turn; the words that open an assistant turn belong to no span.
    /// </summary>
    public required IReadOnlyList<TokenSpan> Spans { get; init; }

    /// <summary>Images and videos in the order of their placeholders.</summary>
    public IReadOnlyList<VisualInput> Visuals { get; init; } = [];

    /// <summary>Number of tokens.</summary>
    public int Length => TokenIds.Count;
}
