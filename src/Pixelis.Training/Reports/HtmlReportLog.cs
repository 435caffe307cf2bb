using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>
/// Writes the run's report again at every evaluation and at the end, from the JSON Lines log. List it after the <see cref="JsonLinesLog"/>, so that
/// the log is complete when it is read.
/// </summary>
/// <param name="title">Heading of the page.</param>
/// <param name="log">The log of the run.</param>
/// <param name="file">Where the page goes.</param>
/// <param name="render">Makes a whole HTML page of an episode; null leaves episodes out.</param>
public sealed class HtmlReportLog(string title, string log, string file, Func<Trajectory, string>? render = null) : ITrainingObserver
{
    private IReadOnlyList<Trajectory> _samples = [];

    /// <inheritdoc />
    public void OnEvaluation(EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        if (evaluation.Agent is { Samples.Count: > 0 } agent)
            _samples = agent.Samples;
        Write();
    }

    /// <inheritdoc />
    public void OnEnd(TrainingResult result) => Write();

    private void Write()
    {
        try
        {
            (string, string)[] episodes = render is null ? [] : [.. _samples.Select(t => ($"{t.Question} -> {t.Answer ?? t.EndReason.ToString()}", render(t)))];
            AtomicFile.WriteText(file, TrainingReport.ToHtml(title, File.Exists(log) ? TrainingLog.Read(log) : [], episodes));
        }
        catch (IOException)
        {
            // The page can be made again from the log.
        }
    }
}
