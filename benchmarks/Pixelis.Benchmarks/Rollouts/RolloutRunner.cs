using System.Diagnostics;
using System.Globalization;
using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Benchmarks.Rollouts;

/// <summary>
/// <c>rollouts MODEL_FOLDER [prompts] [group] [rounds]</c>: the same episodes one after another and together, in turns; tokens read and written
/// a second, and whether both ways say the same.
/// </summary>
internal static class RolloutRunner
{
    private sealed record Way(string Name, QwenVisionLanguageModel Model, RolloutCollector Collector)
    {
        public double Seconds { get; set; }

        public long Tokens { get; set; }

        public long Written { get; set; }
    }

    internal static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            Console.Error.WriteLine("rollouts MODEL_FOLDER [prompts] [group] [rounds]");
            return 2;
        }
        int prompts = Number(arguments, 1, 8), group = Number(arguments, 2, 8), rounds = Number(arguments, 3, 3);
        using QwenVisionLanguageModel plain = Load(arguments[0], new GeneratorOptions { MaxBatch = 1, SharesPrompts = false });
        using QwenVisionLanguageModel shared = Load(arguments[0], new GeneratorOptions());
        await using PixelisAgent alone = Agent(plain, arguments[0]), together = Agent(shared, arguments[0]);
        Way[] ways =
        [
            new("one after another", plain, new RolloutCollector(alone, new RolloutOptions { GroupSize = group, Concurrency = 1 })),
            new("together", shared, new RolloutCollector(together, new RolloutOptions { GroupSize = group })),
        ];
        int same = 0, all = 0;
        for (int round = 0; round <= rounds; round++)
        {
            Example[] examples = [.. Scenes(prompts, round)];
            var episodes = new List<Trajectory[]>();
            foreach (Way way in ways)
                episodes.Add(await RunAsync(way, examples, (ulong)round, isWarmUp: round == 0));
            same += episodes[0].Zip(episodes[1]).Count(pair => pair.First.TokenIds.SequenceEqual(pair.Second.TokenIds));
            all += episodes[0].Length;
        }
        foreach (Way way in ways)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{way.Name,-18} {way.Tokens / way.Seconds,8:F0} tokens/s, {way.Written / way.Seconds,8:F0} of them written ({way.Tokens} in {way.Seconds:F1} s)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio {ways[0].Seconds / ways[1].Seconds * ways[1].Tokens / ways[0].Tokens:F2}; {same} of {all} episodes are the same token by token"));
        return 0;
    }

    private static async Task<Trajectory[]> RunAsync(Way way, Example[] examples, ulong seed, bool isWarmUp)
    {
        way.Model.Model.ForgetPictures();
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<RolloutGroup> groups = await way.Collector.CollectAsync(examples, seed);
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Trajectory[] episodes = [.. groups.SelectMany(g => g.Episodes)];
        if (isWarmUp)
            return episodes;
        way.Seconds += seconds;
        way.Tokens += episodes.Sum(e => (long)e.TokenIds.Count);
        way.Written += episodes.Sum(e => e.Provenance.Count(p => p == TokenProvenance.Sampled));
        return episodes;
    }

    // A scene of each family in turn, other ones in each round.
    private static IEnumerable<Example> Scenes(int count, int round)
    {
        var bench = new PixelBenchGenerator(new PixelBenchOptions { Split = PixelBenchSplit.Validation });
        for (int i = 0; i < count; i++)
            yield return bench.GetAsync((round * count) + i).AsTask().GetAwaiter().GetResult();
    }

    private static QwenVisionLanguageModel Load(string folder, GeneratorOptions options) =>
        QwenVisionLanguageModel.FromPretrained(folder, new QwenVisionLanguageModelOptions { Generation = options });

    private static PixelisAgent Agent(QwenVisionLanguageModel model, string folder) =>
        PixelisAgent.Create().WithModel(model).WithTools(t => t.All()).WithProfile(AgentProfile.Load(folder) ?? new AgentProfile()).Build();

    private static int Number(string[] arguments, int index, int otherwise) =>
        arguments.Length > index ? int.Parse(arguments[index], CultureInfo.InvariantCulture) : otherwise;
}
