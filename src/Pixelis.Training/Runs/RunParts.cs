using Pixelis.Modeling;

namespace Pixelis.Training;

/// <summary>What a run of any kind is made of.</summary>
internal sealed record RunParts
{
    public required ICausalModel Model { get; init; }

    /// <summary>Adapters whose active one is trained; null for the model's own parameters.</summary>
    public AdapterSet? Adapters { get; init; }

    public required OptimizationOptions Optimization { get; init; }

    public required CheckpointOptions Checkpoints { get; init; }

    public required EvaluationOptions Evaluation { get; init; }

    public required int Steps { get; init; }

    public required int MaxBadSteps { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>Runs the agent; null for none.</summary>
    public IAgentEvaluator? Evaluator { get; init; }

    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>Writes the model for those who use it; null for none.</summary>
    public Action<string>? Export { get; init; }
}
