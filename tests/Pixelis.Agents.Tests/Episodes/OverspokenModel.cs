using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Agents.Tests.Episodes;

/// <summary>
/// A real model some of whose turns are reported with a text of the test's own: its tokens are sampled as ever, so that the record of
/// tokens is the real one, and yet it calls tools. Also checks at every step that tokens were only appended.
/// </summary>
internal sealed class OverspokenModel(IVisionLanguageModel inner, Func<string?> nextText) : IVisionLanguageModel
{
    public string Name => inner.Name;

    public int ContextLength => inner.ContextLength;

    public bool SeesImages => inner.SeesImages;

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new Conversation(inner.StartConversation(tools), nextText);

    public void Dispose()
    {
        // The inner model is its owner's.
    }

    private sealed class Conversation(IConversation inner, Func<string?> nextText) : IConversation
    {
        private readonly List<ConversationToken> _before = [];
        private GeneratedTurn? _turn;

        public IReadOnlyList<ConversationToken> Tokens => inner.Tokens;

        public GeneratedTurn? LastTurn => _turn;

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            RequireAppended();
            IReadOnlyList<SeenSize> sizes = inner.Append(message);
            RequireAppended();
            return sizes;
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (GeneratedToken token in inner.GenerateAsync(options, cancellationToken))
            {
                RequireAppended();
                yield return token;
            }
            GeneratedTurn real = inner.LastTurn!;
            _turn = nextText() is { } text ? real with { Text = text, FinishReason = FinishReason.EndOfTurn } : real;
        }

        public void Dispose() => inner.Dispose();

        private void RequireAppended()
        {
            Assert.True(_before.SequenceEqual(inner.Tokens.Take(_before.Count)), "A token that was there has changed.");
            _before.AddRange(inner.Tokens.Skip(_before.Count));
        }
    }
}
