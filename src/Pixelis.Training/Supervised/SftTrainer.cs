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
        return Task.Factory.StartNew(() => Run(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private TrainingResult Run(CancellationToken cancellationToken)
    {
        // Before observers hear of the run: their files are the other's as well.
        using RunLock? only = options.Checkpoints.Folder is { } folder ? RunLock.Take(folder) : null;
        using var run = new SftRun(setup, options, cancellationToken);
        try
        {
            run.Start();
            if (run.OwesEvaluation)
                run.Evaluate();
            while (run.Step < options.Steps)
            {
                if (cancellationToken.IsCancellationRequested || run.HasStopped)
                    break;
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
