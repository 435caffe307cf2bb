using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TorchSharp;

namespace Pixelis.Training;

/// <summary>A run at work: its parts and its state. Used by one thread.</summary>
internal sealed class SftRun : IDisposable
{
    private readonly SftSetup _setup;
    private readonly SftOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly TrainedParameters _parameters;
    private readonly TrainedOptimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly GradientStep _step;
    private readonly LearningRateSchedule _schedule;
    private readonly CurriculumController? _curriculum;
    private readonly ExamplePreparer _preparer;
    private readonly RunCheckpoint _checkpoint;
    private readonly Dictionary<string, string> _configuration;
    private CheckpointStore? _store;
    private LossEvaluator? _validation;
    private BatchStream? _stream;
    private TrainingState _state = new();
    private EvaluationResult? _best;
    private int _evaluatedAt = -1;
    private int _savedAt = -1;
    private bool _isBest;

    public SftRun(SftSetup setup, SftOptions options, CancellationToken cancellation)
    {
        _setup = setup;
        _options = options;
        _cancellation = cancellation;
        _parameters = TrainedParameters.Of(setup.Model, setup.Adapters, options.Optimization);
        _optimizer = _parameters.CreateOptimizer(options.Optimization);
        _average = options.Optimization.AverageDecay > 0 ? new WeightAverage(_parameters.All, options.Optimization.AverageDecay) : null;
        _step = new GradientStep(setup.Model, _parameters, _optimizer, options, setup.Processor.PaddingToken);
        _schedule = new LearningRateSchedule(options.Optimization, options.Steps);
        _curriculum = options.Curriculum is null ? null : new CurriculumController(options.Curriculum);
        _preparer = new ExamplePreparer(setup.Processor, Math.Min(options.Data.MaxTokens, setup.Model.Description.ContextLength));
        _checkpoint = new RunCheckpoint(_parameters, _optimizer, _average);
        _configuration = RunConfiguration.Of(options, Further());
        _state = _state with { Curriculum = _curriculum?.Start };
    }

    public int Step => _state.Step;

    /// <summary>Whether evaluations got no better for long enough.</summary>
    public bool HasStopped => _options.Evaluation.Patience > 0 && _state.EvaluationsWithoutGain >= _options.Evaluation.Patience;

    /// <summary>Prepares what is measured on, goes on from a checkpoint where there is one, and starts the data.</summary>
    public void Start()
    {
        torch.manual_seed((long)_options.Seed);
        if (_setup.Adapters is { } adapters)
            adapters.Training = true;
        if (_setup.Validation.Count > 0)
            _validation = new LossEvaluator(_setup.Model, [.. _setup.Validation.Select(_preparer.Prepare)], _options, _setup.Processor.PaddingToken);
        string? resumed = null;
        if (_options.Checkpoints.Folder is { } folder)
        {
            _store = new CheckpointStore(folder, _options.Checkpoints.Keep);
            resumed = _store.FindLatest(message => Tell(NoticeKind.CheckpointDamaged, message));
            if (resumed is not null)
                _state = _checkpoint.Read(resumed, _configuration);
        }

        _savedAt = resumed is null ? -1 : _state.Step;
        _evaluatedAt = _savedAt;
        Each(o => o.OnStart(new RunDescription(_state.Step, _options.Steps, _parameters.Count, _parameters.FrozenCount, _configuration)));
        if (resumed is not null)
            Tell(NoticeKind.Resumed, $"Going on from {resumed}.");
        OpenStream(_state.Place);
    }

    /// <summary>One step; false when it was cancelled while waiting for data.</summary>
    public bool TryStep()
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<PreparedExample> batch;
        try
        {
            batch = _stream!.Next(_cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        TimeSpan wait = Stopwatch.GetElapsedTime(started);
        double rate = _schedule.At(_state.Step);
        StepResult result = _step.Run(batch, rate);
        _state = _state with
        {
            Step = _state.Step + 1,
            Place = _stream.Place,
            BadSteps = _state.BadSteps + (result.IsApplied ? 0 : 1),
            BadStepsInARow = result.IsApplied ? 0 : _state.BadStepsInARow + 1,
        };
        if (result.IsApplied)
            _average?.Update(_state.Step);
        Each(o => o.OnStep(new StepReport(_state.Step, result, rate, _state.Curriculum?.Stage ?? 0, Stopwatch.GetElapsedTime(started), wait)));
        if (!result.IsApplied)
            Refuse(result);
        return true;
    }

    /// <summary>Measures, remembers the best, and moves the curriculum.</summary>
    public void Evaluate()
    {
        if (_validation is null && _setup.Evaluator is null)
            return;
        long started = Stopwatch.GetTimestamp();
        EvaluationResult result;
        try
        {
            result = Measure(started);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            return; // the run ends; what was not measured does not count
        }

        _evaluatedAt = _state.Step;
        _savedAt = -1; // what an evaluation changes belongs into the checkpoint of its step
        _isBest = _state.BestMerit is not { } best || result.Merit > best + _options.Evaluation.MinimumGain;
        _state = _isBest
            ? _state with { BestMerit = result.Merit, BestStep = _state.Step, EvaluationsWithoutGain = 0 }
            : _state with { EvaluationsWithoutGain = _state.EvaluationsWithoutGain + 1 };
        if (_isBest)
            _best = result;
        Each(o => o.OnEvaluation(result));
        if (_curriculum is not null && result.Agent is { } score)
            MoveCurriculum(_curriculum.After(_state.Curriculum!, score.Accuracy), score.Accuracy);
        if (_isBest)
        {
            Save();
            ExportTo("best");
        }
    }

    /// <summary>Writes a checkpoint; a failure is told and does not end the run, since the earlier ones are whole.</summary>
    public void Save(bool isLast = false)
    {
        if (_store is null || _savedAt == _state.Step)
            return;
        try
        {
            string place = _store.Save(_state.Step, _isBest, folder => _checkpoint.Write(folder, _state, _configuration));
            _savedAt = _state.Step;
            _isBest = false;
            Tell(NoticeKind.CheckpointWritten, $"Wrote {place}.");
        }
        catch (CheckpointException e) when (!isLast)
        {
            Tell(NoticeKind.CheckpointFailed, e.Message);
        }
    }

    /// <summary>The last evaluation, checkpoint and export.</summary>
    public SftResult Finish(bool cancelled)
    {
        if (!cancelled && _evaluatedAt != _state.Step)
            Evaluate();
        Save(isLast: true);
        ExportTo("last");
        TrainingEnd end = cancelled ? TrainingEnd.Cancelled : _state.Step < _options.Steps ? TrainingEnd.NoGain : TrainingEnd.Completed;
        SftResult result = Result(end, null);
        Each(o => o.OnEnd(result));
        return result;
    }

    /// <summary>Tells observers that the run failed.</summary>
    public void Fail(Exception error)
    {
        SftResult result = Result(TrainingEnd.Failed, error.Message);
        Each(o => o.OnEnd(result));
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _average?.Dispose();
        _optimizer.Dispose();
        if (_setup.Adapters is { } adapters)
            adapters.Training = false;
    }

    private EvaluationResult Measure(long started)
    {
        using IDisposable? averaged = _average?.Use();
        if (_setup.Adapters is { } adapters)
            adapters.Training = false;
        try
        {
            (double Loss, double Accuracy)? loss = _validation?.Run(_cancellation);
            AgentScore? agent = _setup.Evaluator?.EvaluateAsync(_state.Step, _cancellation).GetAwaiter().GetResult();
            return new EvaluationResult(_state.Step, loss?.Loss, loss?.Accuracy, agent, Stopwatch.GetElapsedTime(started));
        }
        finally
        {
            if (_setup.Adapters is { } set)
                set.Training = true;
        }
    }

    private void MoveCurriculum(CurriculumState next, double accuracy)
    {
        int before = _state.Curriculum!.Stage;
        _state = _state with { Curriculum = next };
        if (next.Stage == before)
            return;
        BatchPlace place = _stream!.NextWindow(next.Stage);
        OpenStream(place);
        _state = _state with { Place = place };
        string what = next.Stage > before ? "Promoted" : "Rolled back";
        Tell(NoticeKind.StageChanged, string.Create(CultureInfo.InvariantCulture, $"{what} from stage {before + 1} to stage {next.Stage + 1} at an accuracy of {accuracy:P1}."));
    }

    private void OpenStream(BatchPlace place)
    {
        _stream?.Dispose();
        _stream = new BatchStream(_setup.Examples, _preparer, _options.Data, place)
        {
            Skipped = message =>
            {
                _state = _state with { SkippedExamples = _state.SkippedExamples + 1 };
                Tell(NoticeKind.ExampleSkipped, message);
            },
        };
    }

    private void Refuse(StepResult result)
    {
        string what = double.IsFinite(result.Loss) ? $"The gradient's norm is {result.GradientNorm}" : $"The loss is {result.Loss}";
        Tell(NoticeKind.BadStep, string.Create(CultureInfo.InvariantCulture, $"{what}; the step changed nothing ({_state.BadStepsInARow} in a row)."));
        if (_state.BadStepsInARow >= _options.MaxBadSteps)
        {
            throw new PixelisException(
                $"Step {_state.Step}: loss or gradient was not a finite number {_state.BadStepsInARow} steps in a row. The weights are those before; try a lower learning rate, a longer warm-up or float32.");
        }
    }

    private void ExportTo(string name)
    {
        if (_setup.Export is null || _options.Checkpoints.Folder is not { } folder)
            return;
        using IDisposable? averaged = _average?.Use();
        try
        {
            ModelExport.Write(Path.Combine(folder, name), _setup.Export);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            Tell(NoticeKind.CheckpointFailed, $"The model could not be written to {Path.Combine(folder, name)}: {e.Message}");
        }
    }

    private SftResult Result(TrainingEnd end, string? error) =>
        new(end, _state.Step, _state.BestStep, _best, _state.BadSteps, _state.SkippedExamples, error);

    private Dictionary<string, string> Further()
    {
        string shapes = string.Join('\n', _parameters.All.Select(p => $"{p.Name} {string.Join('x', p.Parameter.shape)} {p.Parameter.dtype}"));
        return new Dictionary<string, string>
        {
            ["data.examples"] = _setup.Examples.Fingerprint,
            ["model.name"] = _setup.ModelFingerprint,
            ["model.parameters"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(shapes)))[..16],
        };
    }

    private void Tell(NoticeKind kind, string message) => Each(o => o.OnNotice(new TrainingNotice(kind, _state.Step, message)));

    private void Each(Action<ITrainingObserver> tell)
    {
        foreach (ITrainingObserver observer in _setup.Observers)
            tell(observer);
    }
}
