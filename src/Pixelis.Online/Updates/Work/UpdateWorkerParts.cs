using Microsoft.Extensions.Logging;
using Pixelis.Modeling;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Training;

namespace Pixelis.Online.Updates;

/// <summary>What an update worker works with. Nothing is owned.</summary>
internal sealed record UpdateWorkerParts
{
    /// <summary>
    /// The policy that learns, over an instance of the model that serves nobody. It keeps an average (<see cref="OptimizationOptions.AverageDecay"/>
    /// above 0; the decay that holds is <see cref="UpdateSafetyOptions.Decay"/>).
    /// </summary>
    public required TrainedPolicy Policy { get; init; }

    /// <summary>The model's processor.</summary>
    public required IProcessor Processor { get; init; }

    /// <summary>What an update makes likelier; over the same policy.</summary>
    public required IUpdateObjective Objective { get; init; }

    /// <summary>Where tasks come from. One worker reads a queue.</summary>
    public required UpdateQueue Queue { get; init; }

    /// <summary>Where versions are kept.</summary>
    public required PolicyVersionStore Versions { get; init; }

    /// <summary>Who serves them.</summary>
    public required PolicyPublisher Publisher { get; init; }

    /// <summary>Learning rate of tasks that bring none; null (default) for <see cref="LearningRatePolicy.ByConfidence"/>.</summary>
    public ILearningRatePolicy? Rates { get; init; }

    /// <summary>Tries a version before it is published; null (default): every version is published.</summary>
    public ICanary? Canary { get; init; }

    /// <summary>Remembers which experiences made a version; null (default): only the version's own file does.</summary>
    public IExperienceBuffer? Experiences { get; init; }

    /// <summary>Where everything that changes weights is put on record; null (default) for nowhere.</summary>
    public AuditLog? Audit { get; init; }

    /// <summary>Hears of divergence and of versions that the canary rejected; null (default) for nobody.</summary>
    public AlertMonitor? Alerts { get; init; }

    /// <summary>Hears of every update, on the worker's thread; null (default) for nobody.</summary>
    public Action<UpdateOutcome>? Observer { get; init; }

    /// <summary>Hears of every attempt to publish a version, on the thread that made it; null (default) for nobody.</summary>
    public Action<ReleaseOutcome>? ReleaseObserver { get; init; }

    /// <summary>What tells the time; null (default) for the system's clock.</summary>
    public TimeProvider? TimeProvider { get; init; }

    /// <summary>Where failures are logged; null (default) for nowhere.</summary>
    public ILogger? Logger { get; init; }
}
