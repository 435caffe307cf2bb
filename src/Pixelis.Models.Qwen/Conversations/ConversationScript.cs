using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Chat;

namespace Pixelis.Models.Qwen;

/// <summary>Writes down a conversation turn by turn, as <see cref="QwenConversation"/> holds it: the same renderer, and encoded in the same pieces.</summary>
internal sealed class ConversationScript(QwenProcessor processor, ChatRenderer renderer, int maxTokens)
{
    private readonly List<int> _ids = [];
    private readonly List<TokenProvenance> _provenance = [];
    private readonly List<TokenSpan> _spans = [];
    private readonly List<(ChatPrompt Prompt, int Offset)> _prompts = [];
    private bool _isModelSpeaking;
    private bool _ended;
    private int _visuals;

    public void Add(ConversationTurn turn)
    {
        ArgumentNullException.ThrowIfNull(turn);
        int start = _ids.Count;
        if (turn.Message.Role == Role.Assistant && !turn.IsInjected)
        {
            Begin();
            start = _ids.Count;
            AppendSampled(turn);
        }
        else
        {
            if (turn.TokenIds is not null)
                throw new ArgumentException($"{(turn.IsInjected ? "An injected assistant" : $"A {turn.Message.Role}")} turn has recorded token ids; only an assistant's turn is sampled.", nameof(turn));
            AppendInjected([.. End(), .. renderer.Append(turn.Message)]);
        }
        _spans.Add(new TokenSpan(start, _ids.Count - start));
        if (_ids.Count > maxTokens)
            throw new ContextLengthException($"The conversation has more than {maxTokens} tokens ({_ids.Count} after turn {_spans.Count}).");
    }

    public PreparedConversation Finish() => new()
    {
        TokenIds = [.. _ids],
        Provenance = [.. _provenance],
        Spans = [.. _spans],
        Visuals = [.. _prompts.SelectMany(p => p.Prompt.ReadVisuals(p.Offset))],
    };

    // A turn that was cut short goes on; one that ended is followed by another.
    private void Begin()
    {
        if (!_isModelSpeaking || _ended)
        {
            IReadOnlyList<ChatSegment> end = End();
            AppendInjected([.. end, .. renderer.BeginModelTurn()]);
        }
        _isModelSpeaking = true;
    }

    private IReadOnlyList<ChatSegment> End()
    {
        bool speaking = _isModelSpeaking;
        _isModelSpeaking = false;
        return speaking ? renderer.EndModelTurn(_ended) : [];
    }

    private void AppendSampled(ConversationTurn turn)
    {
        int before = _ids.Count;
        if (turn.TokenIds is null)
        {
            ChatEncoder.EncodeSampled(processor.Tokenizer, renderer.SampledText(turn.Message), _ids);
            _ids.Add(processor.EndOfTurnToken);
        }
        else
        {
            foreach (int id in turn.TokenIds)
            {
                if ((uint)id >= (uint)processor.Config.Text.VocabularySize)
                    throw new ArgumentException($"Turn {_spans.Count + 1} has the token id {id}; the vocabulary has {processor.Config.Text.VocabularySize} entries.", nameof(turn));
            }
            _ids.AddRange(turn.TokenIds);
        }
        Mark(_ids.Count - before, TokenProvenance.Sampled);
        _ended = _ids.Count > before && _ids[^1] == processor.EndOfTurnToken;
    }

    private void AppendInjected(IReadOnlyList<ChatSegment> segments)
    {
        ChatPrompt prompt = ChatPrompt.Encode(processor, segments, _visuals + 1);
        if (prompt.VisualCount > 0)
            _prompts.Add((prompt, _ids.Count));
        _visuals += prompt.VisualCount;
        _ids.AddRange(prompt.Ids);
        Mark(prompt.Ids.Length, TokenProvenance.Injected);
    }

    private void Mark(int count, TokenProvenance provenance)
    {
        for (int i = 0; i < count; i++)
            _provenance.Add(provenance);
    }
}
