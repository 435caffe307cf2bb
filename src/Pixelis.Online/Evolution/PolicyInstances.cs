using Pixelis.Agents;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using Pixelis.Online.Updates;
using Pixelis.Training;

namespace Pixelis.Online;

/// <summary>The instances of one model that learning while serving takes: one that learns, two that serve, and one that embeds. Owns them.</summary>
internal sealed class PolicyInstances : IDisposable
{
    private const string AdapterName = "default";
    private const int Hosts = 2;

    // Not used as a decay: the worker's own holds. Above 0 it says that an average is kept.
    private const double KeepsAverage = 0.5;

    private readonly List<IDisposable> _owned = [];

    public PolicyInstances(PixelisAgent agent, OnlineEvolutionOptions options, Func<QwenVisionLanguageModel> instance)
    {
        try
        {
            QwenVisionLanguageModel learner = Own(instance());
            Learner = learner;
            AdapterSet? adapters = AdaptersOf(learner, options);
            Policy = Own(new TrainedPolicy(learner.Model, adapters, new OptimizationOptions { AverageDecay = KeepsAverage }));
            Embedder = Own(new HiddenStateEmbedder(Own(instance())));
            Publisher = new PolicyPublisher([.. Enumerable.Range(0, Hosts).Select(_ => HostOf(agent, options, Own(instance())))], time: options.TimeProvider);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public QwenVisionLanguageModel Learner { get; }

    public TrainedPolicy Policy { get; }

    public HiddenStateEmbedder Embedder { get; }

    public PolicyPublisher Publisher { get; }

    public void Dispose()
    {
        foreach (IDisposable owned in Enumerable.Reverse(_owned))
            owned.Dispose();
        _owned.Clear();
    }

    private QwenPolicyHost HostOf(PixelisAgent agent, OnlineEvolutionOptions options, QwenVisionLanguageModel model) =>
        new(model, agent.Over(model), AdaptersOf(model, options));

    private AdapterSet? AdaptersOf(QwenVisionLanguageModel model, OnlineEvolutionOptions options)
    {
        if (options.LoraRank == 0)
            return null;
        AdapterSet set = Own(new AdapterSet(model.Model));
        set.Add(AdapterName, new LoraOptions { Rank = options.LoraRank, Alpha = 2 * options.LoraRank, BaseModel = model.Name }, (long)options.Seed);
        return set;
    }

    private T Own<T>(T made)
        where T : IDisposable
    {
        _owned.Add(made);
        return made;
    }
}
