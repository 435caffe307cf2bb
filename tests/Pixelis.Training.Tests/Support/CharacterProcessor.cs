using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Tools;

namespace Pixelis.Training.Tests.Support;

/// <summary>A token a character (ASCII), turns between brackets; an assistant's characters and its closing bracket are sampled.</summary>
internal sealed class CharacterProcessor : IProcessor
{
    public ITextTokenizer Tokenizer => throw new NotSupportedException();

    public int EndOfTurnToken => ']';

    public int PaddingToken => 0;

    public PreparedConversation Prepare(IReadOnlyList<ConversationTurn> turns, IReadOnlyList<ToolDefinition>? tools = null, int? maxTokens = null)
    {
        var ids = new List<int>();
        var provenance = new List<TokenProvenance>();
        var spans = new List<TokenSpan>();
        foreach (ConversationTurn turn in turns)
        {
            bool sampled = turn.Message.Role == Role.Assistant;
            Add("[", false);
            int start = ids.Count;
            Add(turn.Message.Text + "]", sampled);
            spans.Add(new TokenSpan(start, ids.Count - start));
        }

        if (ids.Count > maxTokens)
            throw new ContextLengthException($"{ids.Count} tokens are more than {maxTokens}.");
        return new PreparedConversation { TokenIds = ids, Provenance = provenance, Spans = spans };

        void Add(string text, bool sampled)
        {
            ids.AddRange(text.Select(c => (int)c));
            provenance.AddRange(text.Select(_ => sampled ? TokenProvenance.Sampled : TokenProvenance.Injected));
        }
    }
}
