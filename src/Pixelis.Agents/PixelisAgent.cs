using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Imaging;

namespace Pixelis.Agents;

/// <summary>
/// Answers questions about images with a vision-language model. Make one with <see cref="Create"/>. Thread-safe: every question is a
/// conversation of its
/// own, and the model serves several of them token by token.
/// </summary>
public sealed class PixelisAgent : IAsyncDisposable
{
    private readonly IVisionLanguageModel _model;
    private readonly bool _ownsModel;
    private readonly GenerationOptions _generation;
    private readonly string? _systemPrompt;
    private int _disposed;

    internal PixelisAgent(IVisionLanguageModel model, bool ownsModel, GenerationOptions generation, string? systemPrompt)
    {
        _model = model;
        _ownsModel = ownsModel;
        _generation = generation;
        _systemPrompt = systemPrompt;
    }

    /// <summary>Starts describing an agent.</summary>
    public static PixelisAgentBuilder Create() => new();

    /// <summary>Asks a question, about an image file or about nothing but itself.</summary>
    /// <param name="question">The question.</param>
    /// <param name="imagePath">An image file (JPEG, PNG, WebP, GIF, BMP, TIFF); null for none.</param>
    /// <param name="cancellationToken">Stops within one decoded token.</param>
    /// <exception cref="PixelisException">The image cannot be read, the model sees no images, or the question does not fit its
    /// context.</exception>
    public Task<AgentAnswer> AskAsync(string question, string? imagePath = null, CancellationToken cancellationToken = default) =>
        AskAsync(About(question, imagePath), cancellationToken);

    /// <summary>Asks a question about an image.</summary>
    /// <inheritdoc cref="AskAsync(Message, CancellationToken)"/>
    public Task<AgentAnswer> AskAsync(string question, PixelImage image, CancellationToken cancellationToken = default) =>
        AskAsync(About(question, image), cancellationToken);

    /// <summary>Asks with a message of any parts: text, images, videos.</summary>
    /// <exception cref="PixelisException">The model cannot take the message, or it does not fit its context.</exception>
    public async Task<AgentAnswer> AskAsync(Message question, CancellationToken cancellationToken = default)
    {
        AgentAnswer? answer = null;
        await foreach (AgentEvent happened in StreamAsync(question, cancellationToken).ConfigureAwait(false))
            answer = (happened as AnswerEvent)?.Answer;
        return answer!;
    }

    /// <summary>Asks about an image file, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="AskAsync(string, string, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(
        string question, string? imagePath = null, CancellationToken cancellationToken = default) =>
        StreamAsync(About(question, imagePath), cancellationToken);

    /// <summary>Asks about an image, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="AskAsync(Message, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(string question, PixelImage image, CancellationToken cancellationToken = default) =>
        StreamAsync(About(question, image), cancellationToken);

    /// <summary>Asks with a message of any parts, and reports what happens as it happens.</summary>
    /// <inheritdoc cref="AskAsync(Message, CancellationToken)"/>
    public IAsyncEnumerable<AgentEvent> StreamAsync(Message question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return Converse(question, cancellationToken);
    }

    /// <summary>Frees the model if the agent made it; a model that was handed in stays its owner's.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && _ownsModel)
            _model.Dispose();
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<AgentEvent> Converse(Message question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using IConversation conversation = _model.StartConversation();
        if (_systemPrompt is not null)
            conversation.Append(Message.System(_systemPrompt));
        conversation.Append(question);
        await foreach (GeneratedToken token in conversation.GenerateAsync(_generation, cancellationToken).ConfigureAwait(false))
            yield return new TokenEvent(token);
        GeneratedTurn turn = conversation.LastTurn!;
        yield return new AnswerEvent(new AgentAnswer(turn.Text, turn.FinishReason, [.. conversation.Tokens]));
    }

    private static Message About(string question, string? imagePath)
    {
        ArgumentNullException.ThrowIfNull(question);
        return imagePath is null ? Message.User(question) : About(question, ImageFile.Load(imagePath));
    }

    private static Message About(string question, PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(image);
        return Message.User(new ImagePart(image), new TextPart(question));
    }
}
