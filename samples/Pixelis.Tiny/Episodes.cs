using System.Text.Json;
using Pixelis.Data;
using Pixelis.Training;

namespace Pixelis.Tiny;

/// <summary>
/// Episodes with tools to learn from: PixelBench's training scenes, shown by its demonstrator through the real agent and the real tools.
/// Zooms and frames are cheap and run again each time; what the slower tools say is kept in a file, made once. Or the same scenes without
/// tools, answered at once: what the tools are worth is measured against that. Thread-safe.
/// </summary>
internal sealed class Episodes : IAsyncDisposable
{
    private static readonly PixelBenchFamily[] Slow = [PixelBenchFamily.Read, PixelBenchFamily.Compare, PixelBenchFamily.Track];
    private static readonly PixelBenchFamily[] All = Enum.GetValues<PixelBenchFamily>();

    private readonly TraceFactory _factory = new();
    private readonly PixelBenchGenerator _scenes = new();
    private readonly Dictionary<PixelBenchFamily, List<Kept>> _kept = [];

    /// <summary>What was said after the question, and by whom.</summary>
    private sealed record Kept(int Difficulty, long Index, string[] Roles, string[] Texts);

    private readonly bool _usesTools;

    private Episodes(bool usesTools) => _usesTools = usesTools;

    /// <summary>Questions and answers, nothing between them.</summary>
    public static Episodes WithoutTools() => new(usesTools: false);

    /// <summary>Reads the kept episodes, or makes them.</summary>
    public static async Task<Episodes> OpenAsync(string file, int perFamily, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var episodes = new Episodes(usesTools: true);
        if (File.Exists(file))
        {
            foreach (string line in await File.ReadAllLinesAsync(file, cancellationToken))
            {
                JsonElement root = JsonSerializer.Deserialize<JsonElement>(line);
                episodes.Add(Enum.Parse<PixelBenchFamily>(root.GetProperty("family").GetString()!), root.GetProperty("kept").Deserialize<Kept>()!);
            }
            return episodes;
        }
        foreach (PixelBenchFamily family in Slow)
        {
            int wrong = 0;
            await Parallel.ForEachAsync(Enumerable.Range(0, perFamily), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, async (i, stop) =>
            {
                int difficulty = i % 3 + 1;
                Example scene = episodes._scenes.Create(family, difficulty, i / 3);
                TrainingTrace trace = await episodes._factory.PositiveAsync(scene, stop);
                if (trace.Trajectory.Answer != scene.Answer)
                {
                    Interlocked.Increment(ref wrong);
                    return;
                }
                Message[] rest = [.. TraceMessages.Of(trace).Skip(1).Select(m => m.Message)];
                lock (episodes)
                    episodes.Add(family, new Kept(difficulty, i / 3, [.. rest.Select(m => m.Role.ToString())], [.. rest.Select(m => m.Text)]));
            });
            episodes._kept[family].Sort((a, b) => (a.Index, a.Difficulty).CompareTo((b.Index, b.Difficulty)));
            progress.Report($"{family}: {episodes._kept[family].Count} episodes kept, {wrong} in which the tool did not show the evidence");
        }
        string beside = file + ".tmp"; // what a kill leaves half written must not be read as the whole
        await File.WriteAllLinesAsync(beside, episodes._kept.SelectMany(p => p.Value.Select(k => JsonSerializer.Serialize(new { family = p.Key.ToString(), kept = k }))), cancellationToken);
        File.Move(beside, file, overwrite: true);
        return episodes;
    }

    /// <summary>Texts to learn a tokenizer from.</summary>
    public IEnumerable<string> Texts(int count)
    {
        for (int i = 0; i < count; i++)
        {
            foreach (Message message in MessagesOf(i))
                yield return message.Text;
        }
    }

    public SftExample Get(long number) => SftExample.Of(MessagesOf(number));

    /// <summary>The question and the true answer, nothing between them.</summary>
    public SftExample GetDirect(long number) => SftExample.Of(Direct(Fresh(number)));

    public ValueTask DisposeAsync() => _factory.DisposeAsync();

    private IReadOnlyList<Message> MessagesOf(long number)
    {
        PixelBenchFamily family = All[number % All.Length];
        long index = number / All.Length;
        if (_kept.TryGetValue(family, out List<Kept>? kept))
        {
            Kept one = kept[(int)(index % kept.Count)];
            Example scene = _scenes.Create(family, one.Difficulty, one.Index);
            return Described(scene, [Message.User(scene.Media[0].ToPart(), new TextPart(scene.Question)), .. one.Texts.Select((t, i) => new Message(Enum.Parse<Role>(one.Roles[i]), [new TextPart(t)]))]);
        }
        Example fresh = Fresh(number);
        return !_usesTools ? Direct(fresh) : Described(fresh, [.. TraceMessages.Of(_factory.PositiveAsync(fresh).GetAwaiter().GetResult()).Select(m => m.Message)]);
    }

    private Example Fresh(long number) => _scenes.Create(All[number % All.Length], (int)(number / All.Length % 3) + 1, number / All.Length / 3);

    private static Message[] Direct(Example scene) =>
        [Message.User(scene.Media[0].ToPart(), new TextPart(scene.Question)), Message.Assistant($"\\boxed{{{scene.Answer}}}")];

    // The thought before the first call goes through all cells, or all frames: where a thing is, this model reads off its own words far sooner
    // than off the picture. Balls are asked about by their place. What tools return does not depend on thoughts.
    private static Message[] Described(Example scene, Message[] messages)
    {
        string first = messages[1].Text;
        if (scene.Media[0].Image is not null)
        {
            IEnumerable<TruthObject> asked = scene.Truth.Any(t => t.IsTarget) && scene.Family != "compare" ? scene.Truth.Where(t => t.IsTarget) : scene.Truth;
            string places = Cells.Places(asked.Select(t => (t.Label, Cells.Of(t))));
            messages[1] = Message.Assistant($"{Cells.Describe(Cells.Labels(scene))}\n{places}\n{Call(first)}");
        }
        else if (scene.Truth[0].Frame is not null)
        {
            messages[1] = Message.Assistant($"{Frames.Describe(scene)}\n{Frames.Place(scene.Truth.First(t => t.IsTarget))}\n{Call(first)}");
        }
        return messages;
    }

    private static string Call(string text) => text[text.IndexOf("<tool_call>", StringComparison.Ordinal)..];

    private void Add(PixelBenchFamily family, Kept kept)
    {
        if (!_kept.TryGetValue(family, out List<Kept>? list))
            _kept[family] = list = [];
        list.Add(kept);
    }
}
