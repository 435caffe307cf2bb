using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Pixelis.Generation;
using Pixelis.Tools;

namespace Pixelis.Data.Demonstrations;

/// <summary>
/// Stands where a vision-language model stands, but writes each turn from the truth of the example it is asked about. Run by the real
/// agent loop with the real tools, it makes traces in which every observation is what a tool returned. Thread-safe.
/// </summary>
internal sealed class DemonstratorModel(SeenBudget budget) : IVisionLanguageModel
{
    // By the question's first medium: the object, not its content, so that two scenes never meet.
    private readonly ConcurrentDictionary<object, (Example, Demonstration)> _tasks = new(ReferenceComparer.Instance);

    public string Name => "pixelis-demonstrator";

    public int ContextLength => int.MaxValue;

    public bool SeesImages => true;

    public SeenBudget Budget => budget;

    public IConversation StartConversation(IReadOnlyList<ToolDefinition>? tools = null) => new DemonstratorConversation(this);

    public void Expect(Example example, Demonstration demonstration) => _tasks[KeyOf(example.Media[0].ToPart())] = (example, demonstration);

    public void Forget(Example example) => _tasks.TryRemove(KeyOf(example.Media[0].ToPart()), out _);

    public (Example Example, Demonstration Demonstration)? Find(Message question)
    {
        ContentPart? medium = question.Parts.FirstOrDefault(p => p is not TextPart);
        return medium is not null && _tasks.TryGetValue(KeyOf(medium), out (Example, Demonstration) task) ? task : null;
    }

    public void Dispose() => _tasks.Clear();

    private static object KeyOf(ContentPart part) => part switch
    {
        ImagePart image => image.Image,
        VideoPart video => video.Clip,
        _ => part,
    };

    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        public static ReferenceComparer Instance { get; } = new();

        bool IEqualityComparer<object>.Equals(object? x, object? y) => ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
