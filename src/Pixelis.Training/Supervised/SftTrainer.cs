namespace Pixelis.Training;

/// <summary>
/// Supervised fine-tuning: the model learns to say what assistant turns of given conversations say. The run goes on from the newest whole
/// checkpoint of its folder, exactly: on the CPU in float32, with as many threads, the losses are the same bits as those of a run that
/// was never stopped.
/// </summary>
/// <param name="setup">Model, data, measurements, observers.</param>
/// <param name="options">Settings.</param>
public sealed class SftTrainer(SftSetup setup, SftOptions options)
{
    /// <summary>Trains on a thread of its own: libtorch keeps threads for each thread that calls it.</summary>
    /// <param name="cancellationToken">Ends the run after the step at hand, with a checkpoint.</param>
    /// <exception cref="PixelisException">Settings that cannot work, data that cannot be used, or too many bad steps.</exception>
    /// <exception cref="CheckpointException">
    /// Another run is at work in the folder, its checkpoint belongs to other settings, or the last one could not be written.
    /// </exception>
    public Task<TrainingResult> RunAsync(CancellationToken cancellationToken = default)
    {
        options.Validate();
        return TrainingRun.RunAsync(Parts(), parts => new SftRun(setup, options, parts, cancellationToken), cancellationToken);
    }

    private RunParts Parts() => new()
    {
        Model = setup.Model,
        Adapters = setup.Adapters,
        Optimization = options.Optimization,
        Checkpoints = options.Checkpoints,
        Evaluation = options.Evaluation,
        Steps = options.Steps,
        MaxBadSteps = options.MaxBadSteps,
        Seed = options.Seed,
        Evaluator = setup.Evaluator,
        Observers = setup.Observers,
        Export = setup.Export,
    };
}
