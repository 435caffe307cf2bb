using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Models.Qwen;
using Pixelis.Online.Updates;
using Pixelis.TestKit;
using Pixelis.Training.Tests.Support;

namespace Pixelis.Online.Tests.Evolution;

/// <summary>Learning while serving over a very small real Qwen2.5-VL, whose answers are a few tokens without a sense, in a folder of its own.</summary>
internal sealed class SmallEvolution : IDisposable
{
    // A third of all tokens end an answer, so that answers are short and some are equal.
    private static readonly GenerationOptions Generation = new() { MaxNewTokens = 4, StopTokenIds = [.. Enumerable.Range(0, 1365).Select(i => i * 3)] };

    private readonly TemporaryFolder _folder = new();
    private readonly SmallAgent _model = new();

    public SmallEvolution() => Agent = PixelisAgent.Create().WithModel(_model.Model).WithGeneration(Generation).Build();

    public PixelisAgent Agent { get; }

    public QwenVisionLanguageModel Model => _model.Model;

    public string Folder => _folder["online"];

    /// <summary>Everything that has an answer passes, and is learnt at a rate at which it shows.</summary>
    public OnlineEvolutionOptions Options(Action<OnlineEvolutionOptions>? change = null)
    {
        var options = new OnlineEvolutionOptions
        {
            Folder = Folder, ColdStart = 0, Confidence = 0, MajorityRisk = 0.49, MajorityShare = 0, KnownSimilarity = 1, StrangeSimilarity = -1, ReviewShare = 0, Episodes = 6, Temperature = 0.35,
            UpdatesPerMinute = 100_000, LoraRank = 4, HighestLearningRate = 1e-2, LowestLearningRate = 1e-3, PublishEvery = 2, Safety = new UpdateSafetyOptions { KlLimit = 10, AverageDecay = 0.5 }, Patience = TimeSpan.FromMinutes(2),
        };
        change?.Invoke(options);
        return options;
    }

    public OnlineEvolution Open(Action<OnlineEvolutionOptions>? change = null) => OnlineEvolution.Create(Agent, Options(change));

    /// <summary>One whose whole weights learn, each part with its own.</summary>
    public OnlineEvolution OpenWhole(Action<OnlineEvolutionOptions>? change = null) => OnlineEvolution.Create(
        Agent,
        Options(o =>
        {
            (o.LoraRank, o.Objective, o.PublishEvery, o.HighestLearningRate, o.LowestLearningRate) = (0, ObjectiveKind.WeightedSft, 1, 1e-3, 1e-3);
            change?.Invoke(o);
        }),
        instance: () => new SmallAgent().Model);

    /// <summary>The weights of the agent itself.</summary>
    public float[] Weights() => _model.Weights();

    public static OnlineRequest Ask(int number, ulong seed = 1) => OnlineRequest.Of($"Say something about {number}.") with
    {
        Ask = new AgentRequest($"Say something about {number}.", [new ImagePart(Examples.Picture(number, 56, 56))]) { Generation = Generation with { Seed = seed * 1000 * (ulong)(number + 1) } },
    };

    public void Dispose()
    {
        Agent.Dispose();
        _model.Dispose();
        _folder.Dispose();
    }
}
