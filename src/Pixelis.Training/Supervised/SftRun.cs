using System.Diagnostics;
using System.Globalization;

namespace Pixelis.Training;

/// <summary>Supervised fine-tuning at work: data, steps, curriculum. Used by one thread.</summary>
internal sealed class SftRun : TrainingRun
{
    private readonly SftSetup _setup;
    private readonly SftOptions _options;
    private readonly GradientStep _step;
    private readonly CurriculumController? _curriculum;
    private readonly ExamplePreparer _preparer;
    private BatchStream? _stream;

    public SftRun(SftSetup setup, SftOptions options, RunParts parts, CancellationToken cancellation)
        : base(parts, cancellation)
    {
        _setup = setup;
        _options = options;
        _step = new GradientStep(Session.Policy, options, setup.Processor.PaddingToken);
        _curriculum = options.Curriculum is null ? null : new CurriculumController(options.Curriculum);
        _preparer = new ExamplePreparer(setup.Processor, Math.Min(options.Data.MaxTokens, setup.Model.Description.ContextLength));
        State = new SftState { Curriculum = _curriculum?.Start };
    }

    private SftState State
    {
        get => Session.State.Sft!;
        set => Session.State = Session.State with { Sft = value };
    }

    /// <summary>Prepares what is measured on, goes on from a checkpoint where there is one, and starts the data.</summary>
    protected override void Start()
    {
        if (_setup.Validation.Count > 0)
            Session.Held = new LossEvaluator(_setup.Model, [.. _setup.Validation.Select(_preparer.Prepare)], _options, _setup.Processor.PaddingToken).Run;
        Session.Start(RunConfiguration.Of(_options, new Dictionary<string, string>
        {
            ["data.examples"] = _setup.Examples.Fingerprint,
            ["model.name"] = _setup.ModelFingerprint,
        }));
        OpenStream(State.Place);
    }

    /// <summary>One step; false when it was cancelled while waiting for data.</summary>
    protected override bool TryStep()
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<PreparedExample> batch;
        try
        {
            batch = _stream!.Next(Cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }

        TimeSpan wait = Stopwatch.GetElapsedTime(started);
        double rate = Session.LearningRate;
        StepResult result = _step.Run(batch, rate);
        State = State with { Place = _stream.Place };
        Session.Count(result.IsApplied, step => new StepReport(step, result, rate, State.Curriculum?.Stage ?? 0, Stopwatch.GetElapsedTime(started), wait));
        return true;
    }

    /// <summary>Measures, remembers the best, and moves the curriculum.</summary>
    protected override void Evaluate() => Session.Evaluate(result =>
    {
        if (_curriculum is not null && result.Agent is { } score)
            MoveCurriculum(_curriculum.After(State.Curriculum!, score.Accuracy), score.Accuracy);
    });

    public override void Dispose()
    {
        _stream?.Dispose();
        base.Dispose();
    }

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
        Session.Tell(NoticeKind.StageChanged, string.Create(CultureInfo.InvariantCulture, $"{what} from stage {before + 1} to stage {next.Stage + 1} at an accuracy of {accuracy:P1}."));
    }

    private void OpenStream(BatchPlace place)
    {
        _stream?.Dispose();
        _stream = new BatchStream(_setup.Examples, _preparer, _options.Data, place)
        {
            Skipped = message =>
            {
                State = State with { SkippedExamples = State.SkippedExamples + 1 };
                Session.Tell(NoticeKind.ExampleSkipped, message);
            },
        };
    }
}
