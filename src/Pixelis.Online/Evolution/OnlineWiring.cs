using Microsoft.Extensions.Logging;
using Pixelis.Online.Alerts;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>What each part of learning while serving works with.</summary>
internal sealed class OnlineWiring(OnlineStores stores, PolicyInstances instances, OnlineEvolutionOptions options, UpdateQueue queue, AlertMonitor alerts, ILogger logger)
{
    public UpdateWorkerParts WorkerParts(Action<UpdateOutcome> updated, Action<ReleaseOutcome> released) => new()
    {
        Policy = instances.Policy,
        Processor = instances.Learner.Processor,
        Objective = options.Objective == ObjectiveKind.Ttrl
            ? new TtrlObjective(instances.Policy, instances.Learner.Processor, more: options.Rewards)
            : new WeightedSftObjective(instances.Policy, instances.Learner.Processor),
        Queue = queue,
        Versions = stores.Versions,
        Publisher = instances.Publisher,
        Rates = options.ToLearningRates(),
        Canary = options.Canary,
        Experiences = stores.Experiences,
        Audit = stores.Audit,
        Alerts = alerts,
        Observer = updated,
        ReleaseObserver = released,
        TimeProvider = options.TimeProvider,
        Logger = logger,
    };

    public OnlineAgentParts AgentParts(LearntExperiences learnt) => new()
    {
        Publisher = instances.Publisher,
        Embedder = instances.Embedder,
        Experiences = stores.Experiences,
        Redactor = stores.Redactor,
        Subjects = stores.Subjects,
        Updates = queue,
        Reviews = stores.Reviews,
        Audit = stores.Audit,
        Learnt = learnt,
        Rate = new UpdateRate(options.UpdatesPerMinute, options.TimeProvider),
        Drift = stores.Drift,
        Alerts = alerts,
        TimeProvider = options.TimeProvider,
        Logger = logger,
    };

    public ReviewDelivery ReviewsOf(LabelTraining training, ILoggerFactory logging)
    {
        var relabel = new ReviewRelabel(stores.Experiences, async (experience, _, stop) => await training.QueueAsync(experience, stop).ConfigureAwait(false));
        return new ReviewDelivery(stores.Reviews, new ReviewRecord(stores.Audit, stores.Subjects, relabel), logging.CreateLogger<ReviewDelivery>());
    }
}
