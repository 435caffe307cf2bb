namespace Pixelis.Generation;

/// <summary>
/// A conversation with a model: token ids are only ever appended, never rendered again, and the model's cache is kept between turns.
/// Not thread-safe; one caller at a time.
/// </summary>
public interface IConversation : IDisposable
{
    /// <summary>Every token so far, in order: sampled by the model or injected (template, user, tools).</summary>
    IReadOnlyList<ConversationToken> Tokens { get; }

    /// <summary>Adds a message that the model did not write.</summary>
    /// <returns>The size in which the model sees each image and video of the message, in order.</returns>
    /// <exception cref="ContextLengthException">The conversation would no longer fit the context; nothing was added.</exception>
    IReadOnlyList<SeenSize> Append(Message message);

    /// <summary>
    /// Lets the model take its turn, token by token; cancellation stops within one token. The turn becomes part of the conversation.
    /// </summary>
    IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, CancellationToken cancellationToken = default);

    /// <summary>The last finished turn, or null before the first.</summary>
    GeneratedTurn? LastTurn { get; }
}
