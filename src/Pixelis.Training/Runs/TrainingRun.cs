namespace Pixelis.Training;

/// <summary>A run of any kind at work: a kind says how it starts, steps and measures; the rest is the same. Used by one thread.</summary>
internal abstract class TrainingRun(RunParts parts, CancellationToken cancellation) : IDisposable
{
    protected RunSession Session { get; } = new(parts, cancellation);

    protected CancellationToken Cancellation => cancellation;

    /// <summary>Runs to the end on a thread of its own: libtorch keeps threads for each thread that calls it.</summary>
    /// <param name="parts">What every run is made of.</param>
    /// <param name="create">Makes the run.</param>
    /// <param name="cancellation">Ends it after the step at hand, with a checkpoint.</param>
    public static Task<TrainingResult> RunAsync(RunParts parts, Func<RunParts, TrainingRun> create, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Run(parts, create, cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Goes on from a checkpoint where there is one.</summary>
    protected abstract void Start();

    /// <summary>One step; false when it was cancelled before it changed anything.</summary>
    protected abstract bool TryStep();

    /// <summary>Measures, and does what follows from it.</summary>
    protected abstract void Evaluate();

    public virtual void Dispose() => Session.Dispose();

    private static TrainingResult Run(RunParts parts, Func<RunParts, TrainingRun> create, CancellationToken cancellation)
    {
        // Before observers hear of the run: their files are the other's as well.
        using RunLock? only = parts.Checkpoints.Folder is { } folder ? RunLock.Take(folder) : null;
        using TrainingRun run = create(parts);
        try
        {
            run.Start();
            if (run.Session.OwesEvaluation)
                run.Evaluate();
            while (run.Session.Step < parts.Steps && !cancellation.IsCancellationRequested && !run.Session.HasStopped && run.TryStep())
            {
                if (run.Session.Step % parts.Evaluation.Every == 0)
                    run.Evaluate();
                if (run.Session.Step % parts.Checkpoints.Every == 0)
                    run.Session.Save();
            }

            bool cancelled = cancellation.IsCancellationRequested && run.Session.Step < parts.Steps;
            if (!cancelled && !run.Session.IsEvaluated)
                run.Evaluate();
            return run.Session.Finish(cancelled);
        }
        catch (Exception e)
        {
            run.Session.Fail(e);
            throw;
        }
    }
}
