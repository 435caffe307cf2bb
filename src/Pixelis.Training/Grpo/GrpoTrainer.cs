namespace Pixelis.Training.Grpo;

/// <summary>
/// Reinforcement fine-tuning with group-relative policy optimisation (GRPO; Shao et al., 2024): each prompt gets a group of real episodes with
/// tools, and what earned more than its group is made likelier. The run goes on from the newest whole checkpoint of its folder; on the CPU
/// in float32, with as many threads, as if it had never been stopped.
/// </summary>
/// <param name="setup">Model, agent, prompts, reward, measurements, observers.</param>
/// <param name="options">Settings.</param>
public sealed class GrpoTrainer(GrpoSetup setup, GrpoOptions options)
{
    /// <summary>Trains on a thread of its own; episodes run on others.</summary>
    /// <param name="cancellationToken">Ends the run after the update at hand, or while episodes are collected at once, with a checkpoint.</param>
    /// <exception cref="PixelisException">Settings that cannot work, prompts that cannot be used, or too many bad steps.</exception>
    /// <exception cref="CheckpointException">
    /// Another run is at work in the folder, its checkpoint belongs to other settings, or the last one could not be written.
    /// </exception>
    public Task<TrainingResult> RunAsync(CancellationToken cancellationToken = default)
    {
        options.Validate();
        return TrainingRun.RunAsync(Parts(), parts => new GrpoRun(setup, options, parts, cancellationToken), cancellationToken);
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
