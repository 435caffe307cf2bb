using System.Diagnostics;
using System.Globalization;

namespace Pixelis.Training;

/// <summary>Supervised fine-tuning at work: data, steps, curriculum. Used by one thread.</summary>
internal sealed class SftRun : IDisposable
{
    private readonly SftSetup _setup;
    private readonly SftOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly RunSession _session;
    private readonly GradientStep _step;
    private readonly CurriculumController? _curriculum;
    private readonly ExamplePreparer _preparer;
    private BatchStream? _stream;

    public SftRun(SftSetup setup, SftOptions options, CancellationToken cancellation)
    {
        _setup = setup;
        _options = options;
        _cancellation = cancellation;
        _session = new RunSession(Parts(setup, options), cancellation);
        _step = new GradientStep(setup.Model, _session.Parameters, _session.Optimizer, options, setup.Processor.PaddingToken);
        _curriculum = options.Curriculum is null ? null : new CurriculumController(options.Curriculum);
        _preparer = new ExamplePreparer(setup.Processor, Math.Min(options.Data.MaxTokens, setup.Model.Description.ContextLength));
        State = new SftState { Curriculum = _curriculum?.Start };
    }

    public int Step => _session.Step;

    /// <summary>Whether evaluations got no better for long enough.</summary>
    public bool HasStopped => _session.HasStopped;

    /// <inheritdoc cref="RunSession.OwesEvaluation"/>
    public bool OwesEvaluation => _session.OwesEvaluation;

    private SftState State
    {
        get => _session.State.Sft!;
        set => _session.State = _session.State with { Sft = value };
    }

    /// <summary>Prepares what is measured on, goes on from a checkpoint where there is one, and starts the data.</summary>
    public void Start()
    {
        if (_setup.Validation.Count > 0)
            _session.Held = new LossEvaluator(_setup.Model, [.. _setup.Validation.Select(_preparer.Prepare)], _options, _setup.Processor.PaddingToken).Run;
        _session.Start(RunConfiguration.Of(_options, new Dictionary<string, string>
        {
            ["data.examples"] = _setup.Examples.Fingerprint,
            ["model.name"] = _setup.ModelFingerprint,
        }));
        OpenStream(State.Place);
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
        double rate = _session.LearningRate;
        StepResult result = _step.Run(batch, rate);
        State = State with { Place = _stream.Place };
        _session.Count(result.IsApplied, step => new StepReport(step, result, rate, State.Curriculum?.Stage ?? 0, Stopwatch.GetElapsedTime(started), wait));
        return true;
    }

    /// <summary>Measures, remembers the best, and moves the curriculum.</summary>
    public void Evaluate() => _session.Evaluate(result =>
    {
        if (_curriculum is not null && result.Agent is { } score)
            MoveCurriculum(_curriculum.After(State.Curriculum!, score.Accuracy), score.Accuracy);
    });

    /// <inheritdoc cref="RunSession.Save"/>
    public void Save() => _session.Save();

    /// <summary>The last evaluation, checkpoint and export.</summary>
    public TrainingResult Finish(bool cancelled)
    {
        if (!cancelled && !_session.IsEvaluated)
            Evaluate();
        return _session.Finish(cancelled);
    }

    /// <inheritdoc cref="RunSession.Fail"/>
    public void Fail(Exception error) => _session.Fail(error);

    public void Dispose()
    {
        _stream?.Dispose();
        _session.Dispose();
    }

    private static RunParts Parts(SftSetup setup, SftOptions options) => new()
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

    private void MoveCurriculum(CurriculumState next, double accuracy)
    {
        int before = State.Curriculum!.Stage;
        State = State with { Curriculum = next };
        if (next.Stage == before)
            return;
        BatchPlace place = _stream!.NextWindow(next.Stage);
        OpenStream(place);
        State = State with { Place = place };
        string what = next.Stage > before ? "Promoted" : "Rolled back";
        _session.Tell(NoticeKind.StageChanged, string.Create(CultureInfo.InvariantCulture, $"{what} from stage {before + 1} to stage {next.Stage + 1} at an accuracy of {accuracy:P1}."));
    }

    private void OpenStream(BatchPlace place)
    {
        _stream?.Dispose();
        _stream = new BatchStream(_setup.Examples, _preparer, _options.Data, place)
        {
            Skipped = message =>
            {
                State = State with { SkippedExamples = State.SkippedExamples + 1 };
                _session.Tell(NoticeKind.ExampleSkipped, message);
            },
        };
    }
}
