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
        return Task.Factory.StartNew(() => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private TrainingResult Run(CancellationToken cancellationToken)
    {
        // Before observers hear of the run: their files are the other's as well.
        using RunLock? only = options.Checkpoints.Folder is { } folder ? RunLock.Take(folder) : null;
        using var run = new GrpoRun(setup, options, cancellationToken);
        try
        {
            run.Start();
            if (run.OwesEvaluation)
                run.Evaluate();
            while (run.Step < options.Steps && !cancellationToken.IsCancellationRequested && !run.HasStopped)
            {
                if (!run.TryStep())
                    break;
                if (run.Step % options.Evaluation.Every == 0)
                    run.Evaluate();
                if (run.Step % options.Checkpoints.Every == 0)
                    run.Save();
            }

            return run.Finish(cancellationToken.IsCancellationRequested && run.Step < options.Steps);
        }
        catch (Exception e)
        {
            run.Fail(e);
            throw;
        }
    }
}
