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

    /// <summary>
    /// Whether an assistant turn was put into the model's mouth, as those of an earlier conversation are: it is rendered whole, as part of
    /// the prompt, and none of its tokens counts as sampled, so none is trained on. Other turns are injected always. Default: no.
    /// </summary>
    public bool IsInjected { get; init; }

    /// <summary>A turn without recorded tokens.</summary>
    public static implicit operator ConversationTurn(Message message) => new(message);
}
