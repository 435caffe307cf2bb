using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Benchmarks.Agent;

/// <summary>
/// A real model with a clock around it. It samples its tokens as ever; but as random weights call no tools, each turn but the last of an
/// episode is reported with the text of a call.
/// </summary>
internal sealed class TimedModel(IVisionLanguageModel inner, string call, int turns) : IVisionLanguageModel
{
    public string Name => inner.Name;

    public int ContextLength => inner.ContextLength;

    public bool SeesImages => inner.SeesImages;

    /// <summary>Stopwatch ticks inside the model: reading messages and sampling tokens.</summary>
    public long InsideTicks { get; private set; }

    /// <summary>For each turn with calls, stopwatch ticks from the last token to the message with the results.</summary>
    public List<long> BetweenTicks { get; } = [];

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null)
    {
        long start = Stopwatch.GetTimestamp();
        IConversation conversation = inner.StartConversation(tools);
        InsideTicks += Stopwatch.GetTimestamp() - start;
        return new Conversation(this, conversation);
    }

    public void Reset()
    {
        InsideTicks = 0;
        BetweenTicks.Clear();
    }

    public void Dispose()
    {
        // The inner model is its owner's.
    }

    private sealed class Conversation(TimedModel model, IConversation conversation) : IConversation
    {
        private GeneratedTurn? _turn;
        private long _endedAt;
        private int _turns;

        public IReadOnlyList<ConversationToken> Tokens => conversation.Tokens;

        public GeneratedTurn? LastTurn => _turn;

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            long start = Stopwatch.GetTimestamp();
            if (_endedAt != 0)
                model.BetweenTicks.Add(start - _endedAt);
            IReadOnlyList<SeenSize> sizes = conversation.Append(message);
            model.InsideTicks += Stopwatch.GetTimestamp() - start;
            return sizes;
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            long start = Stopwatch.GetTimestamp();
            await using IAsyncEnumerator<GeneratedToken> tokens = conversation.GenerateAsync(options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await tokens.MoveNextAsync())
            {
                model.InsideTicks += Stopwatch.GetTimestamp() - start;
                yield return tokens.Current;
                start = Stopwatch.GetTimestamp();
            }
            string text = ++_turns < model.Turns ? model.Call : "It is \\boxed{3}.";
            _turn = conversation.LastTurn! with { Text = text, FinishReason = FinishReason.EndOfTurn };
            _endedAt = Stopwatch.GetTimestamp();
            model.InsideTicks += _endedAt - start;
        }

        public void Dispose()
        {
            long start = Stopwatch.GetTimestamp();
            conversation.Dispose();
            model.InsideTicks += Stopwatch.GetTimestamp() - start;
        }
    }

    private string Call => call;

    private int Turns => turns;
}
