namespace Pixelis.Training;

/// <summary>Writes a run's curves as TensorBoard event files; each start of the run makes a file of its own.</summary>
/// <param name="folder">Where; made when absent.</param>
public sealed class TensorBoardLog(string folder) : ITrainingObserver, IDisposable
{
    private TensorBoardWriter? _writer;

    /// <inheritdoc />
    public void OnStart(RunDescription run) => _writer = new TensorBoardWriter(folder);

    /// <inheritdoc />
    public void OnStep(StepReport step)
    {
        ArgumentNullException.ThrowIfNull(step);
        Try(writer =>
        {
            writer.Scalar("train/loss", step.Step, step.Result.Loss);
            writer.Scalar("train/gradient_norm", step.Step, step.Result.GradientNorm);
            writer.Scalar("train/learning_rate", step.Step, step.LearningRate);
            writer.Scalar("train/stage", step.Step, step.Stage);
            writer.Scalar("speed/tokens_per_second", step.Step, step.TokensPerSecond);
            foreach ((string name, double value) in step.Numbers)
                writer.Scalar(name.Contains('/', StringComparison.Ordinal) ? name : $"train/{name}", step.Step, value);
        });
    }

    /// <inheritdoc />
    public void OnEvaluation(EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        Try(writer =>
        {
            writer.Scalar("evaluation/loss", evaluation.Step, evaluation.Loss ?? double.NaN);
            writer.Scalar("evaluation/token_accuracy", evaluation.Step, evaluation.TokenAccuracy ?? double.NaN);
            writer.Scalar("agent/accuracy", evaluation.Step, evaluation.Agent?.Accuracy ?? double.NaN);
            foreach ((string family, double accuracy) in evaluation.Agent?.Families ?? new Dictionary<string, double>())
                writer.Scalar($"agent_families/{family}", evaluation.Step, accuracy);
            foreach ((string name, double value) in evaluation.Agent?.Numbers ?? new Dictionary<string, double>())
                writer.Scalar($"agent_numbers/{name}", evaluation.Step, value);
            writer.Flush();
        });
    }

    /// <inheritdoc />
    public void OnEnd(TrainingResult result) => Try(writer => writer.Flush());

    /// <inheritdoc />
    public void Dispose() => _writer?.Dispose();

    private void Try(Action<TensorBoardWriter> write)
    {
        try
        {
            if (_writer is not null)
                write(_writer);
        }
        catch (IOException)
        {
            // As in JsonLinesLog: curves are not worth a run.
        }
    }
}
