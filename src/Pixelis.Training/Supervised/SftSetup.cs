using Pixelis.Modeling;

namespace Pixelis.Training;

/// <summary>What a run works on.</summary>
/// <param name="Model">The model; its parameters are changed in place. Not owned.</param>
/// <param name="Processor">Its processor.</param>
/// <param name="Examples">What to learn from.</param>
public sealed record SftSetup(ICausalModel Model, IProcessor Processor, IExampleStream Examples)
{
    /// <summary>Adapters whose active one is trained instead of the model's own parameters; null (default) trains those. Not owned.</summary>
    public AdapterSet? Adapters { get; init; }

    /// <summary>Held-out examples whose loss is measured; empty (default) for none.</summary>
    public IReadOnlyList<SftExample> Validation { get; init; } = [];

    /// <summary>Runs the agent with the model; null (default) for none.</summary>
    public IAgentEvaluator? Evaluator { get; init; }

    /// <summary>Those who hear of the run.</summary>
    public IReadOnlyList<ITrainingObserver> Observers { get; init; } = [];

    /// <summary>
    /// Writes the model as those who use it expect it (a model folder, an adapter folder) into the folder it is given; called for the best and the
    /// last state, with averaged weights where they are kept. Null (default): only checkpoints are written.
    /// </summary>
    public Action<string>? Export { get; init; }

    /// <summary>What the model is, for the check that a run is resumed with the one it began with. Default empty: only names and shapes count.</summary>
    public string ModelFingerprint { get; init; } = "";
}
