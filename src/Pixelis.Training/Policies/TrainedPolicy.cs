using Pixelis.Modeling;
using TorchSharp;

namespace Pixelis.Training;

/// <summary>
/// A policy in training: the parameters that change, their optimizer and their moving average. Used by one thread at a time.
/// </summary>
internal sealed class TrainedPolicy : IDisposable
{
    /// <summary>Chooses what is trained, and sets which parameters ask for gradients.</summary>
    /// <param name="model">The model; its parameters are changed in place. Not owned.</param>
    /// <param name="adapters">Adapters whose active one is trained; null for the model's own parameters. Not owned.</param>
    /// <param name="options">What is frozen, weight decay, clipping, whether an average is kept.</param>
    /// <exception cref="PixelisException">Nothing is left to train, the adapter set has no active adapter, or an option is out of range.</exception>
    public TrainedPolicy(ICausalModel model, AdapterSet? adapters, OptimizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        (Model, Adapters, Optimization) = (model, adapters, options);
        Parameters = TrainedParameters.Of(model, adapters, options);
        Optimizer = Parameters.CreateOptimizer(options);
        Average = options.AverageDecay > 0 ? new WeightAverage(model.Module, Parameters.All, options.AverageDecay) : null;
        Weights = new PolicyWeights(model, adapters);
    }

    /// <summary>The model.</summary>
    public ICausalModel Model { get; }

    /// <summary>The adapters whose active one is trained; null when the model's own parameters are.</summary>
    public AdapterSet? Adapters { get; }

    /// <summary>How its weights are written and read.</summary>
    public PolicyWeights Weights { get; }

    /// <summary>Whether a moving average of the weights is kept (<see cref="OptimizationOptions.AverageDecay"/> is above 0).</summary>
    public bool KeepsAverage => Average is not null;

    internal OptimizationOptions Optimization { get; }

    internal TrainedParameters Parameters { get; }

    internal TrainedOptimizer Optimizer { get; private set; }

    internal WeightAverage? Average { get; }

    /// <summary>Moves the average: <c>average = decay * average + (1 - decay) * weights</c>.</summary>
    /// <param name="decay">0 to 1. Unlike a run of training, no smaller one is used at the beginning: the average shall remember its start.</param>
    /// <exception cref="InvalidOperationException">No average is kept (<see cref="OptimizationOptions.AverageDecay"/> is 0).</exception>
    public void MoveAverage(double decay)
    {
        OptionCheck.Within(decay, 0, 1, nameof(decay));
        Kept().Mix(decay);
    }

    /// <summary>Puts the average into the model until the result is disposed; then the weights are back bit for bit.</summary>
    /// <exception cref="InvalidOperationException">No average is kept.</exception>
    public IDisposable UseAverage() => Kept().Use();

    /// <summary>Goes back to the average: the weights are it, and the optimizer begins anew.</summary>
    /// <exception cref="InvalidOperationException">No average is kept.</exception>
    public void FallBackToAverage()
    {
        Kept().CopyToParameters();
        Weights.NoteChange();
        BeginOptimizer();
    }

    /// <summary>Remembers weights, optimizer and average as they are now.</summary>
    public PolicySnapshot Capture() => PolicySnapshot.Of(this);

    /// <summary>Puts weights, optimizer and average back to what they were, bit for bit.</summary>
    public void Restore(PolicySnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        snapshot.Restore(this);
    }

    /// <summary>Takes weights from a folder that <see cref="Weights"/> wrote: the average is they, and the optimizer begins anew.</summary>
    /// <exception cref="PixelisException">The folder does not fit the model; nothing has changed.</exception>
    public void Load(string folder)
    {
        Weights.Load(folder);
        Average?.Reset();
        BeginOptimizer();
    }

    /// <summary>Frees optimizer and average. Model and adapters stay.</summary>
    public void Dispose()
    {
        Average?.Dispose();
        Optimizer.Dispose();
    }

    private void BeginOptimizer()
    {
        Optimizer.Dispose();
        Optimizer = Parameters.CreateOptimizer(Optimization);
    }

    private WeightAverage Kept() => Average ?? throw new InvalidOperationException("No average is kept; set OptimizationOptions.AverageDecay above 0.");
}
