using Pixelis.Tools;

namespace Pixelis.Modeling;

/// <summary>
/// Turns conversations into what a model reads, without the model: token ids in its chat template, and patches. Thread-safe, so that
/// data can be prepared on other threads than the one that trains.
/// </summary>
public interface IProcessor
{
    /// <summary>The tokenizer.</summary>
    ITextTokenizer Tokenizer { get; }

    /// <summary>The token that ends a turn: the last one a model samples in it.</summary>
    int EndOfTurnToken { get; }

    /// <summary>The token for padding.</summary>
    int PaddingToken { get; }

    /// <summary>
    /// Renders a conversation. The tokens are those that a running conversation would hold which was given the same messages and whose
    /// model sampled the assistant turns, those apart that are <see cref="ConversationTurn.IsInjected"/>; they end with the last turn.
    /// </summary>
    /// <param name="turns">The turns in order, at least one. A system message may open them.</param>
    /// <param name="tools">Tools the model is told about; null or empty for none.</param>
    /// <param name="maxTokens">Most tokens the result may have; null for no limit.</param>
    /// <exception cref="ContextLengthException">The conversation is longer than <paramref name="maxTokens"/>; no pixel was touched.</exception>
    /// <exception cref="PixelisException">An image cannot be processed, or the model reads text only; the message names the image.</exception>
    /// <exception cref="ArgumentException">No turns, or recorded token ids outside the vocabulary or for a turn that was not sampled.</exception>
    PreparedConversation Prepare(IReadOnlyList<ConversationTurn> turns, IReadOnlyList<ToolDefinition>? tools = null, int? maxTokens = null);
}
