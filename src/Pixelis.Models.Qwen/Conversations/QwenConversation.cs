using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;

namespace Pixelis.Models.Qwen;

/// <summary>A conversation: messages become tokens once, tokens are only appended, and the cache is kept between turns.</summary>
internal sealed class QwenConversation : IConversation
{
    private readonly QwenVisionLanguageModel _model;
    private readonly Func<ChatRenderer> _startChat;
    private readonly TokenSequence _sequence;
    private readonly List<Func<ChatRenderer, IReadOnlyList<ChatSegment>>> _rendered = [];
    private ChatRenderer _renderer;
    private bool _isModelSpeaking;
    private int _visuals;

    public QwenConversation(QwenVisionLanguageModel model, Func<ChatRenderer> startChat)
    {
        _model = model;
        _startChat = startChat;
        _renderer = startChat();
        _sequence = model.Generator.StartSequence();
    }

    /// <inheritdoc />
    public IReadOnlyList<ConversationToken> Tokens => _sequence.Tokens;

    /// <inheritdoc />
    public GeneratedTurn? LastTurn => _sequence.LastTurn;

    /// <inheritdoc />
    public IReadOnlyList<SeenSize> Append(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        bool speaking = _isModelSpeaking, ended = EndTokenWasSampled;
        Prompt added = Add(renderer =>
        {
            IReadOnlyList<ChatSegment> end = speaking ? renderer.EndModelTurn(ended) : [];
            return [.. end, .. renderer.Append(message)];
        });
        _isModelSpeaking = false;
        return [.. added.Visuals.Select(SizeOf)];
    }

    /// <inheritdoc />
    public IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        // A turn that was cut short (cancelled, stopped, out of tokens) goes on; one that the model ended is followed by another.
        bool speaking = _isModelSpeaking, ended = EndTokenWasSampled;
        if (!speaking || ended)
        {
            Add(renderer =>
            {
                IReadOnlyList<ChatSegment> end = speaking ? renderer.EndModelTurn(ended) : [];
                return [.. end, .. renderer.BeginModelTurn()];
            });
        }
        _isModelSpeaking = true;
        return _sequence.GenerateAsync(options, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _sequence.Dispose();

    private bool EndTokenWasSampled =>
        Tokens.Count > 0 && Tokens[^1] is { Provenance: TokenProvenance.Sampled } last && last.Id == _model.Processor.EndOfTurnToken;

    private SeenSize SizeOf(VisualInput visual)
    {
        int patch = _model.Images!.Options.PatchSize;
        return new SeenSize(visual.Grid.Width * patch, visual.Grid.Height * patch);
    }

    /// <summary>Renders, encodes and appends, or, when any of it fails, leaves the conversation as it was.</summary>
    private Prompt Add(Func<ChatRenderer, IReadOnlyList<ChatSegment>> render)
    {
        try
        {
            ChatPrompt encoded = ChatPrompt.Encode(_model.Processor, render(_renderer), _visuals + 1);
            _sequence.EnsureRoom(encoded.Ids.Length); // by sizes alone, before any pixel is touched
            var prompt = new Prompt(encoded.Ids, encoded.ReadVisuals());
            _sequence.Append(prompt);
            _visuals += prompt.Visuals.Count;
            _rendered.Add(render);
            return prompt;
        }
        catch
        {
            // The renderer moved on, but its message did not become part of the conversation: go back to what did.
            _renderer = _startChat();
            foreach (Func<ChatRenderer, IReadOnlyList<ChatSegment>> step in _rendered)
                step(_renderer);
            throw;
        }
    }
}
