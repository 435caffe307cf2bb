using Pixelis.Agents;
using Pixelis.Generation;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Online.Updates;
using Pixelis.TestKit;
using Pixelis.Training;
using Pixelis.Training.Grpo;
using Pixelis.Training.Tests.Support;
using Pixelis.Trajectories;
using TorchSharp;

namespace Pixelis.Online.Tests.Updates;

/// <summary>
/// A very small Qwen2.5-VL that serves and learns: two hosts and a learner over one set of frozen weights, an adapter each. Its answers are a few
/// tokens without a sense; a third of all tokens end one.
/// </summary>
internal sealed class SmallPolicy : IDisposable
{
    public static readonly LoraOptions Lora = new() { Rank = 4, Alpha = 8 };

    private static readonly GenerationOptions Generation = new() { MaxNewTokens = 6, StopTokenIds = [.. Enumerable.Range(0, 1365).Select(i => i * 3)] };

    private readonly TemporaryFolder _folder = new();
    private readonly SmallAgent _base = new();
    private readonly List<IDisposable> _owned = [];

    public SmallPolicy()
    {
        (QwenVisionLanguageModel model, AdapterSet adapters) = Instance();
        (Learner, Adapters) = (model, adapters);
        Policy = new TrainedPolicy(model.Model, adapters, new OptimizationOptions { WeightDecay = 0, AverageDecay = 0.5 });
        Hosts = [.. Enumerable.Range(0, 2).Select(_ => Host())];
        Publisher = new PolicyPublisher(Hosts);
        Store = PolicyVersionStore.Open(_folder["versions"]);
    }

    public QwenVisionLanguageModel Learner { get; }

    public AdapterSet Adapters { get; }

    public TrainedPolicy Policy { get; }

    public IReadOnlyList<QwenPolicyHost> Hosts { get; }

    public PolicyPublisher Publisher { get; }

    public PolicyVersionStore Store { get; }

    public UpdateQueue Queue { get; } = new(64);

    public string this[string name] => _folder[name];

    public UpdateWorkerParts Parts(IUpdateObjective? objective = null) => new()
    {
        Policy = Policy, Processor = Learner.Processor, Objective = objective ?? new TtrlObjective(Policy, Learner.Processor), Queue = Queue, Versions = Store, Publisher = Publisher,
        Rates = LearningRatePolicy.ByConfidence(1e-1, 1e-2),
    };

    /// <summary>The weights that learn.</summary>
    public float[] Weights() => [.. Adapters.NamedParameters("policy").SelectMany(p => p.Parameter.detach().reshape(-1).data<float>().ToArray())];

    /// <summary>The weights and their average.</summary>
    public float[] Everything()
    {
        float[] learnt = Weights();
        using (Policy.UseAverage())
            return [.. learnt, .. Weights()];
    }

    /// <summary>Episodes of one question under the version that serves.</summary>
    public async Task<Trajectory[]> AskAsync(int count, int seed = 1, string question = "Say something.")
    {
        using PolicyLease lease = Publisher.Acquire();
        var episodes = new Trajectory[count];
        for (int i = 0; i < count; i++)
            episodes[i] = (await lease.Agent.RecordAsync(new AgentRequest(question, []) { Generation = Generation with { Temperature = 1, Seed = (ulong)((seed * 100) + i) } })).Trajectory;
        return episodes;
    }

    /// <summary>A task whose label is the first answer that was given; others gave others.</summary>
    public async Task<UpdateTask> TaskAsync(long experience = 1, int seed = 1, int episodes = 8)
    {
        Trajectory[] asked = await AskAsync(episodes, seed);
        return new UpdateTask { Experiences = [experience], Episodes = asked, Label = asked.First(e => VotingForm.Of(e.Answer).Length > 0).Answer!, Confidence = 0.8 };
    }

    /// <summary>Mean log-probability of the sampled tokens of the episodes that gave a task's label, under the policy that learns.</summary>
    public double LogProbOfLabel(UpdateTask task)
    {
        var agreement = new AgreementReward(task.Label);
        var scorer = new TokenScorer(Policy.Model, Learner.Processor.PaddingToken, adapters: Adapters);
        PreparedConversation[] agreeing = [.. task.Episodes.Where(agreement.Agrees).Select(e => EpisodeExamples.Prepare(e, Learner.Processor).Conversation)];
        return scorer.Score(agreeing).SelectMany(s => s.LogProbs).Average();
    }

    /// <summary>What the served version answers greedily, as tokens.</summary>
    public static async Task<int[]> GreedyAsync(PixelisAgent agent, string question = "Say something.") =>
        [.. (await agent.RecordAsync(new AgentRequest(question, []) { Generation = Generation })).Trajectory.TokenIds];

    public void Dispose()
    {
        Store.Dispose();
        Policy.Dispose();
        _owned.Reverse();
        _owned.ForEach(o => o.Dispose());
        _base.Dispose();
        _folder.Dispose();
    }

    private (QwenVisionLanguageModel Model, AdapterSet Adapters) Instance()
    {
        QwenVisionLanguageModel model = _base.Model.ShareWeights();
        var adapters = new AdapterSet(model.Model);
        adapters.Add("policy", Lora, 3);
        _owned.Add(model);
        _owned.Add(adapters);
        return (model, adapters);
    }

    private QwenPolicyHost Host()
    {
        (QwenVisionLanguageModel model, AdapterSet adapters) = Instance();
        PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithGeneration(Generation).Build();
        _owned.Add(agent);
        return new QwenPolicyHost(model, agent, adapters);
    }
}
