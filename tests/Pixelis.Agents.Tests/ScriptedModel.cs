using System.Runtime.CompilerServices;
using System.Text;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Agents.Tests;

/// <summary>A test double of the model: says what it is told to, one character a token up to the options' limit, and remembers what it was shown.</summary>
internal sealed class ScriptedModel(Func<IReadOnlyList<Message>, string> answer) : IVisionLanguageModel
{
    public string Name { get; init; } = "scripted";

    public int ContextLength { get; init; } = 1000;

    public bool SeesImages { get; init; } = true;

    public string PolicyVersion { get; set; } = "base";

    public int Disposals { get; private set; }

    public int OpenConversations { get; private set; }

    public List<IReadOnlyList<Message>> Shown { get; } = [];

    public List<GenerationOptions> Options { get; } = [];

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null)
    {
        OpenConversations++;
        Tools = tools ?? [];
        return new Conversation(this);
    }

    public void Dispose() => Disposals++;

    private sealed class Conversation(ScriptedModel model) : IConversation
    {
        private readonly List<ConversationToken> _tokens = [];
        private readonly List<Message> _messages = [];

        public IReadOnlyList<ConversationToken> Tokens => _tokens;

        public GeneratedTurn? LastTurn { get; private set; }

        public IReadOnlyList<SeenSize> Append(Message message)
        {
            _messages.Add(message);
            _tokens.AddRange(message.Text.Select(c => new ConversationToken(c, TokenProvenance.Injected)));
            return [.. message.Parts.OfType<ImagePart>().Select(i => model.See(i.Image)), .. message.Parts.OfType<VideoPart>().Select(v => new SeenSize(v.Clip.Width, v.Clip.Height))];
        }

        public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            lock (model)
            {
                model.Shown.Add([.. _messages]);
                model.Options.Add(options);
            }
            var text = new StringBuilder();
            string answer = model.Answer(_messages);
            for (int i = 0; i < Math.Min(answer.Length, options.MaxNewTokens); i++)
            {
                char c = answer[i];
                float logProbability = model.LogProbability(answer, i);
                await Task.Yield();
                cancellationToken.ThrowIfCancellationRequested();
                text.Append(c);
                _tokens.Add(new ConversationToken(c, TokenProvenance.Sampled, logProbability));
                yield return new GeneratedToken(c, logProbability, c.ToString());
            }
            string whole = text.ToString();
            _messages.Add(Message.Assistant(whole));
            FinishReason finish = whole.Length < answer.Length ? FinishReason.Length : FinishReason.EndOfTurn;
            LastTurn = new GeneratedTurn([.. whole.Select(c => (int)c)], [.. whole.Select((_, i) => model.LogProbability(whole, i))], whole, finish);
        }

        public void Dispose() => model.OpenConversations--;
    }

    /// <summary>How large the model sees a picture; as it is, unless a test says otherwise.</summary>
    public Func<PixelImage, SeenSize> See { get; init; } = image => new SeenSize(image.Width, image.Height);

    /// <summary>The log-probability of a turn's character; -1 unless a test says otherwise.</summary>
    public Func<string, int, float> LogProbability { get; init; } = (_, _) => -1;

    /// <summary>The tools of the last conversation.</summary>
    public IReadOnlyList<ToolDefinition> Tools { get; private set; } = [];

    private string Answer(IReadOnlyList<Message> messages) => answer(messages);
}
