using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace Pixelis.Training;

/// <summary>
/// What runs of every kind do around their steps: go on from a checkpoint, measure, remember the best, save, export, tell observers. Used by
/// one thread.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private readonly RunParts _parts;
    private readonly CancellationToken _cancellation;
    private readonly LearningRateSchedule _schedule;
    private readonly RunCheckpoint _checkpoint;
    private Dictionary<string, string> _configuration = [];
    private CheckpointStore? _store;
    private EvaluationResult? _best;
    private int _savedAt = -1;
    private bool _isBest;

    public RunSession(RunParts parts, CancellationToken cancellation)
    {
        _parts = parts;
        _cancellation = cancellation;
        Policy = new TrainedPolicy(parts.Model, parts.Adapters, parts.Optimization);
        _schedule = new LearningRateSchedule(parts.Optimization, parts.Steps);
        _checkpoint = new RunCheckpoint(Policy.Parameters, Policy.Optimizer, Policy.Average);
    }

    public TrainedPolicy Policy { get; }

    /// <summary>What the next checkpoint will remember.</summary>
    public TrainingState State { get; set; } = new();

    public int Step => State.Step;

    /// <summary>Learning rate of the next step.</summary>
    public double LearningRate => _schedule.At(State.Step);

    /// <summary>Measures on held-out examples; null for none.</summary>
    public Func<CancellationToken, (double Loss, double Accuracy)>? Held { get; set; }

    /// <summary>Whether evaluations got no better for long enough.</summary>
    public bool HasStopped => _parts.Evaluation.Patience > 0 && State.EvaluationsWithoutGain >= _parts.Evaluation.Patience;

    /// <summary>Adds something that checkpoints hold; before <see cref="Start"/>.</summary>
    public void Add(ICheckpointPart part) => _checkpoint.Add(part);

    /// <summary>Goes on from the newest whole checkpoint of the folder where there is one, and tells observers that the run begins.</summary>
    /// <param name="configuration">Every setting that influences the numbers.</param>
    /// <exception cref="CheckpointException">The checkpoint belongs to other settings, or cannot be read.</exception>
    public void Start(Dictionary<string, string> configuration)
    {
        _configuration = configuration;
        _configuration["model.parameters"] = Shapes();
        torch.manual_seed((long)_parts.Seed);
        if (_parts.Adapters is { } adapters)
            adapters.Training = true;
        string? resumed = null;
        if (_parts.Checkpoints.Folder is { } folder)
        {
            _store = new CheckpointStore(folder, _parts.Checkpoints.Keep);
            resumed = _store.FindLatest(message => Tell(NoticeKind.CheckpointDamaged, message));
            if (resumed is not null)
                State = _checkpoint.Read(resumed, _configuration);
        }

        _savedAt = resumed is null ? -1 : State.Step;
        Each(o => o.OnStart(new RunDescription(State.Step, _parts.Steps, Policy.Parameters.Count, Policy.Parameters.FrozenCount, _configuration)));
        if (resumed is not null)
            Tell(NoticeKind.Resumed, $"Going on from {resumed}.");
    }

    /// <summary>Counts a step and tells observers of it.</summary>
    /// <param name="isApplied">Whether all went well.</param>
    /// <param name="report">Its report, given its number.</param>
    /// <param name="hasChanged">Whether the weights are others than before; null where that is the same.</param>
    /// <exception cref="PixelisException">It was one bad step in a row too many.</exception>
    public void Count(bool isApplied, Func<int, StepReport> report, bool? hasChanged = null)
    {
        State = State with
        {
            Step = State.Step + 1,
            BadSteps = State.BadSteps + (isApplied ? 0 : 1),
            BadStepsInARow = isApplied ? 0 : State.BadStepsInARow + 1,
        };
        if (hasChanged ?? isApplied)
            Policy.Average?.Update(State.Step);
        StepReport told = report(State.Step);
        Each(o => o.OnStep(told));
        if (!isApplied)
            Refuse(told.Result, hasChanged ?? false);
    }

    /// <summary>Measures, remembers the best, and saves it.</summary>
    /// <param name="then">Hears of the result before anything is saved.</param>
    public void Evaluate(Action<EvaluationResult>? then = null)
    {
        if (Held is null && _parts.Evaluator is null)
            return;
        EvaluationResult result;
        try
        {
            result = Measure();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return; // the run ends; what was not measured does not count
        }

        _savedAt = -1; // what an evaluation changes belongs into the checkpoint of its step
        _isBest = State.BestMerit is not { } best || result.Merit > best + _parts.Evaluation.MinimumGain;
        State = State with { EvaluatedAt = State.Step };
        State = _isBest
            ? State with { BestMerit = result.Merit, BestStep = State.Step, EvaluationsWithoutGain = 0 }
            : State with { EvaluationsWithoutGain = State.EvaluationsWithoutGain + 1 };
        if (_isBest)
            _best = result;
        Each(o => o.OnEvaluation(result));
        then?.Invoke(result);
        if (_isBest)
        {
            Save();
            ExportTo("best");
        }
    }

    /// <summary>Writes a checkpoint; a failure is told and does not end the run, since the earlier ones are whole.</summary>
    public void Save(bool isLast = false)
    {
        if (_store is null || _savedAt == State.Step)
            return;
        try
        {
            string place = _store.Save(State.Step, _isBest, folder => _checkpoint.Write(folder, State, _configuration));
            _savedAt = State.Step;
            _isBest = false;
            Tell(NoticeKind.CheckpointWritten, $"Wrote {place}.");
        }
        catch (CheckpointException e) when (!isLast)
        {
            Tell(NoticeKind.CheckpointFailed, e.Message);
        }
    }

    /// <summary>The last checkpoint and export; the caller has made the last evaluation (<see cref="IsEvaluated"/>).</summary>
    public TrainingResult Finish(bool cancelled)
    {
        Save(isLast: true);
        ExportTo("last");
        TrainingResult result = Result(cancelled ? TrainingEnd.Cancelled : State.Step < _parts.Steps ? TrainingEnd.NoGain : TrainingEnd.Completed, null);
        Each(o => o.OnEnd(result));
        return result;
    }

    /// <summary>Whether a measurement that was due was cut off when the run was cancelled.</summary>
    public bool OwesEvaluation => State.Step > 0 && State.Step % _parts.Evaluation.Every == 0 && !IsEvaluated;

    /// <summary>Whether the weights as they are have been measured.</summary>
    public bool IsEvaluated => State.EvaluatedAt == State.Step;

    /// <summary>Tells observers that the run failed.</summary>
    public void Fail(Exception error)
    {
        TrainingResult result = Result(TrainingEnd.Failed, error.Message);
        Each(o => o.OnEnd(result));
    }

    public void Tell(NoticeKind kind, string message) => Each(o => o.OnNotice(new TrainingNotice(kind, State.Step, message)));

    public void Dispose()
    {
        Policy.Dispose();
        if (_parts.Adapters is { } adapters)
            adapters.Training = false;
    }

    private EvaluationResult Measure()
    {
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        using IDisposable? averaged = Policy.Average?.Use();
        bool training = _parts.Adapters?.Training ?? false;
        if (_parts.Adapters is { } adapters)
            adapters.Training = false;
        try
        {
            (double Loss, double Accuracy)? loss = Held?.Invoke(_cancellation);
            AgentScore? agent = _parts.Evaluator?.EvaluateAsync(State.Step, _cancellation).GetAwaiter().GetResult();
            return new EvaluationResult(State.Step, loss?.Loss, loss?.Accuracy, agent, System.Diagnostics.Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            if (_parts.Adapters is { } set)
                set.Training = training;
        }
    }

    private void Refuse(StepResult result, bool hasChanged)
    {
        string what = result.Problem?.TrimEnd('.') ?? (double.IsFinite(result.Loss) ? FormattableString.Invariant($"The gradient's norm is {result.GradientNorm}") : FormattableString.Invariant($"The loss is {result.Loss}"));
        string effect = hasChanged ? "what came before it in the step counts, the rest was left out" : "the step changed nothing";
        Tell(NoticeKind.BadStep, string.Create(CultureInfo.InvariantCulture, $"{what}; {effect} ({State.BadStepsInARow} in a row)."));
        if (State.BadStepsInARow >= _parts.MaxBadSteps)
        {
            throw new PixelisException(
                $"Step {State.Step}: loss or gradient was not a finite number {State.BadStepsInARow} steps in a row. The weights are those before it; try a lower learning rate, a longer warm-up or float32.");
        }
    }

    private void ExportTo(string name)
    {
        if (_parts.Export is null || _parts.Checkpoints.Folder is not { } folder)
            return;
        using IDisposable? averaged = Policy.Average?.Use();
        try
        {
            ModelExport.Write(Path.Combine(folder, name), _parts.Export);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            Tell(NoticeKind.CheckpointFailed, $"The model could not be written to {Path.Combine(folder, name)}: {e.Message}");
        }
    }

    private TrainingResult Result(TrainingEnd end, string? error) =>
        new(end, State.Step, State.BestStep, _best, State.BadSteps, State.Sft?.SkippedExamples ?? State.Grpo?.SkippedPrompts ?? 0, error);

    private string Shapes()
    {
        string shapes = string.Join('\n', Policy.Parameters.All.Select(p => $"{p.Name} {string.Join('x', p.Parameter.shape)} {p.Parameter.dtype}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shapes)))[..16];
    }

    private void Each(Action<ITrainingObserver> tell)
    {
        foreach (ITrainingObserver observer in _parts.Observers)
            tell(observer);
    }
}
