using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Evaluation.Tests.Support;

/// <summary>A model that writes what a function of the messages says, as one token, and counts how many of its turns run at once.</summary>
internal sealed class AnsweringModel(Func<IReadOnlyList<Message>, string> answer) : IVisionLanguageModel
{
    private readonly Lock _lock = new();
    private int _running;

    public string Name => "answering";

    public int ContextLength => 1000;

    public bool SeesImages => true;

    public int MostAtOnce { get; private set; }

    public int Turns { get; private set; }

    public List<ulong?> Seeds { get; } = [];

    public TimeSpan Delay { get; init; }

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new Conversation(this);

    public void Dispose()
    {
    }

    private async Task<string> SayAsync(IReadOnlyList<Message> messages, GenerationOptions options, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            MostAtOnce = Math.Max(MostAtOnce, ++_running);
            Turns++;
            Seeds.Add(options.Seed);
        }
        try
        {
            await Task.Delay(Delay, cancellationToken);
            return answer(messages);
        }
        finally
        {
            lock (_lock)
                _running--;
        }
    }

    private sealed class Conversation(AnsweringModel model) : IConversation
    {
        private readonly List<ConversationToken> _tokens = [];
        private readonly List<Message> _messages = [];

        public IReadOnlyList<ConversationToken> Tokens => _tokens;

        public GeneratedTurn? LastTurn { get; private set; }

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            _messages.Add(message);
            _tokens.Add(new ConversationToken(1, TokenProvenance.Injected));
            return [.. message.Parts.OfType<ImagePart>().Select(i => new SeenSize(i.Image.Width, i.Image.Height))];
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            string text = await model.SayAsync(_messages, options, cancellationToken);
            _messages.Add(Message.Assistant(text));
            _tokens.Add(new ConversationToken(2, TokenProvenance.Sampled, -1));
            LastTurn = new GeneratedTurn([2], [-1], text, FinishReason.EndOfTurn);
            yield return new GeneratedToken(2, -1, text);
        }

        public void Dispose()
        {
        }
    }
}
