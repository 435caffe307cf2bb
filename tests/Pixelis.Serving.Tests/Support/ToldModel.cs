using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Serving.Tests.Support;

/// <summary>
/// A model that says what it is told to, a character a token, and waits where it is told to: for what depends on when things happen. Everything that does
/// not is tested with a real one.
/// </summary>
internal sealed class ToldModel(Func<IReadOnlyList<Message>, string> answer) : IVisionLanguageModel
{
    private int _started;
    private int _ended;

    public ToldModel(string answer)
        : this(_ => answer)
    {
    }

    public string Name => "told";

    public int ContextLength => 4096;

    public bool SeesImages => true;

    /// <summary>What each turn waits for before its first token; done unless a test says otherwise.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many turns began.</summary>
    public int Started => Volatile.Read(ref _started);

    /// <summary>How many turns ended, one way or the other.</summary>
    public int Ended => Volatile.Read(ref _ended);

    public List<GenerationOptions> Options { get; } = [];

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new Conversation(this);

    public void Dispose()
    {
    }

    private sealed class Conversation(ToldModel model) : IConversation
    {
        private readonly List<ConversationToken> _tokens = [];
        private readonly List<Message> _messages = [];

        public IReadOnlyList<ConversationToken> Tokens => _tokens;

        public GeneratedTurn? LastTurn { get; private set; }

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            if (_tokens.Count + message.Text.Length > model.ContextLength)
                throw new ContextLengthException($"The conversation would hold {_tokens.Count + message.Text.Length} tokens; the model's context is {model.ContextLength}.");
            _messages.Add(message);
            _tokens.AddRange(message.Text.Select(c => new ConversationToken(c, TokenProvenance.Injected)));
            return [.. message.Parts.OfType<ImagePart>().Select(i => new SeenSize(i.Image.Width, i.Image.Height))];
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            lock (model.Options)
                model.Options.Add(options);
            Interlocked.Increment(ref model._started);
            try
            {
                await model.Gate.WaitAsync(cancellationToken);
                string answer = model.Say(_messages), whole = answer[..Math.Min(answer.Length, options.MaxNewTokens)];
                foreach (char c in whole)
                {
                    await Task.Yield();
                    cancellationToken.ThrowIfCancellationRequested();
                    _tokens.Add(new ConversationToken(c, TokenProvenance.Sampled, -1));
                    yield return new GeneratedToken(c, -1, c.ToString());
                }
                _messages.Add(Message.Assistant(whole));
                LastTurn = new GeneratedTurn([.. whole.Select(c => (int)c)], [.. whole.Select(_ => -1f)], whole, whole.Length < answer.Length ? FinishReason.Length : FinishReason.EndOfTurn);
            }
            finally
            {
                Interlocked.Increment(ref model._ended);
            }
        }

        public void Dispose()
        {
        }
    }

    private string Say(IReadOnlyList<Message> messages) => answer(messages);
}
