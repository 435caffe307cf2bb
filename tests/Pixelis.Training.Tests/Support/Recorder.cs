namespace Pixelis.Training.Tests.Support;

/// <summary>Keeps what a run told.</summary>
internal sealed class Recorder : ITrainingObserver
{
    public RunDescription? Run { get; private set; }

    public List<StepReport> Steps { get; } = [];

    public List<EvaluationResult> Evaluations { get; } = [];

    public List<TrainingNotice> Notices { get; } = [];

    public TrainingResult? Result { get; private set; }

    public Action<StepReport>? AfterStep { get; init; }

    public void OnStart(RunDescription run) => Run = run;

    public void OnStep(StepReport step)
    {
        Steps.Add(step);
        AfterStep?.Invoke(step);
    }

    public void OnEvaluation(EvaluationResult evaluation) => Evaluations.Add(evaluation);

    public void OnNotice(TrainingNotice notice) => Notices.Add(notice);

    public void OnEnd(TrainingResult result) => Result = result;
}
