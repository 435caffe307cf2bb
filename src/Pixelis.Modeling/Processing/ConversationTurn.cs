namespace Pixelis.Modeling;

/// <summary>A turn of a conversation that is prepared for a model.</summary>
/// <param name="Message">Who speaks, and what is said.</param>
public sealed record ConversationTurn(Message Message)
{
    /// <summary>
    /// The tokens an assistant turn was sampled as, its ending one included when it was sampled; then they are taken as they are, and the
    /// message's text is not read. Null (default): the message is encoded, as a model that follows the template would have sampled it.
    /// </summary>
    public IReadOnlyList<int>? TokenIds { get; init; }

    /// <summary>A turn without recorded tokens.</summary>
    public static implicit operator ConversationTurn(Message message) => new(message);
}
