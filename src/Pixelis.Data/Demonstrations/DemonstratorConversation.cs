using System.Runtime.CompilerServices;
using Pixelis.Generation;

namespace Pixelis.Data.Demonstrations;

/// <summary>A conversation in which the model's turns come from a <see cref="Demonstration"/>.</summary>
internal sealed class DemonstratorConversation(DemonstratorModel model) : IConversation
{
    private readonly List<SeenSize> _seen = [];
    private readonly List<string> _observations = [];
    private IReadOnlyList<PixelImage> _pictures = [];
    private (Example Example, Demonstration Demonstration)? _task;
    private int _next;

    public IReadOnlyList<ConversationToken> Tokens => [];

    public GeneratedTurn? LastTurn { get; private set; }

    public IReadOnlyList<SeenSize> Append(Message message)
    {
        SeenSize[] sizes = [.. message.Parts.Select(Size).OfType<SeenSize>()];
        _seen.AddRange(sizes);
        if (message.Role == Role.User)
            _task ??= model.Find(message);
        if (message.Role == Role.Tool)
        {
            _observations.Add(message.Text);
            _pictures = [.. message.Parts.OfType<ImagePart>().Select(p => p.Image)];
        }
        return sizes;
    }

    public async IAsyncEnumerable<GeneratedToken> GenerateAsync(GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (Example example, Demonstration demonstration) = _task ?? throw new PixelisException("The demonstrator was asked a question it holds no demonstration for.");
        if (_next >= demonstration.Steps.Count)
            throw new PixelisException($"{example.Id}: the demonstration has {demonstration.Steps.Count} turns, and one more was asked for.");
        string text = demonstration.Steps[_next++].Write(new DemonstrationState(example, _seen, _observations, _pictures));
        LastTurn = new GeneratedTurn([], [], text, FinishReason.EndOfTurn);
        yield return new GeneratedToken(-1, float.NaN, text);
        await Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    private SeenSize? Size(ContentPart part) => part switch
    {
        ImagePart image => model.Budget.Of(image.Image),
        VideoPart video => model.Budget.Of(video.Clip),
        _ => null,
    };
}
