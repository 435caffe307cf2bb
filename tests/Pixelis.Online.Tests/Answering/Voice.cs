using System.Runtime.CompilerServices;
using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Online.Updates;
using Pixelis.Tools;

namespace Pixelis.Online.Tests.Answering;

/// <summary>A model that says what it is told, one character a token, where a test needs a certain vote.</summary>
/// <param name="say">What is said to a question, by the number of the episode from 0 over the model's life.</param>
internal sealed class Voice(Func<string, int, string> say) : IVisionLanguageModel, IPolicyHost
{
    private Func<string, int, string> Say => say;

    private int _episodes = -1;
    private PixelisAgent? _agent;

    /// <summary>Waited for before a turn is taken; a test opens it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public string Name => "voice";

    public string PolicyVersion { get; private set; } = "base";

    public int ContextLength => 10_000;

    public bool SeesImages => true;

    public int Episodes => _episodes + 1;

    public PixelisAgent Agent => _agent ??= PixelisAgent.Create().WithModel(this).Build();

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new Conversation(this, Interlocked.Increment(ref _episodes));

    public void Load(string version, string weights) => PolicyVersion = version;

    public void Dispose()
    {
    }

    /// <summary>A publisher that serves it.</summary>
    public async Task<PolicyPublisher> PublishAsync()
    {
        var publisher = new PolicyPublisher([this, new Voice(Say)]);
        using PreparedPolicy prepared = await publisher.PrepareAsync("v000001", "");
        prepared.Publish();
        return publisher;
    }

    private sealed class Conversation(Voice voice, int episode) : IConversation
    {
        private readonly List<ConversationToken> _tokens = [];
        private string _question = "";

        public IReadOnlyList<ConversationToken> Tokens => _tokens;

        public GeneratedTurn? LastTurn { get; private set; }

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            _question = message.Text;
            _tokens.AddRange(message.Text.Select(c => new ConversationToken(c, TokenProvenance.Injected)));
            return [.. message.Parts.OfType<ImagePart>().Select(i => new SeenSize(i.Image.Width, i.Image.Height))];
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await voice.Gate.WaitAsync(cancellationToken);
            string text = voice.Say(_question, episode);
            foreach (char c in text)
            {
                _tokens.Add(new ConversationToken(c, TokenProvenance.Sampled, -1));
                yield return new GeneratedToken(c, -1, c.ToString());
            }
            LastTurn = new GeneratedTurn([.. text.Select(c => (int)c)], [.. text.Select(_ => -1f)], text, FinishReason.EndOfTurn);
        }

        public void Dispose()
        {
        }
    }
}
