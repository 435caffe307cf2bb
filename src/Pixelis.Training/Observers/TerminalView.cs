using System.Diagnostics;
using System.Globalization;

namespace Pixelis.Training;

/// <summary>
/// A run on a terminal: one line that is drawn again and again (progress, time left, loss and accuracy with their curves, tokens a second),
/// and a line for each evaluation and notice. Where the output is no terminal, a plain line every few seconds.
/// </summary>
/// <param name="output">Where to write.</param>
/// <param name="isLive">Whether a line can be drawn over.</param>
/// <param name="width">Columns of the terminal.</param>
public sealed class TerminalView(TextWriter output, bool isLive, int width = 120) : ITrainingObserver
{
    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly List<double> _values = []; // losses, or what the run shows in their place
    private readonly List<double> _accuracies = [];
    private readonly Queue<(TimeSpan Duration, int Tokens)> _recent = [];
    private int _steps;
    private long _drawn;
    private bool _isOpen;

    /// <inheritdoc />
    public void OnStart(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _steps = run.Steps;
        Line(string.Create(CultureInfo.InvariantCulture,
            $"Training {run.TrainedCount / 1e6:F2} M of {(run.TrainedCount + run.FrozenCount) / 1e6:F2} M parameters, steps {run.FirstStep + 1} to {run.Steps}."));
    }

    /// <inheritdoc />
    public void OnStep(StepReport step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _values.Add(Headline(step));
        _recent.Enqueue((step.Duration, step.Result.Tokens));
        if (_recent.Count > 50)
            _recent.Dequeue();
        bool isDue = _drawn == 0 || Stopwatch.GetElapsedTime(_drawn) >= (isLive ? LiveInterval : PlainInterval) || step.Step == _steps;
        if (!isDue)
            return;
        _drawn = Stopwatch.GetTimestamp();
        string text = Describe(step);
        if (!isLive)
        {
            output.WriteLine(text);
            return;
        }

        output.Write("\r" + (text.Length < width ? text.PadRight(width - 1) : text[..(width - 1)]));
        output.Flush();
        _isOpen = true;
    }

    /// <inheritdoc />
    public void OnEvaluation(EvaluationResult evaluation)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        var parts = new List<string>();
        if (evaluation.Loss is { } loss)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"loss {loss:F4}, token accuracy {evaluation.TokenAccuracy:P1}"));
        if (evaluation.Agent is { } agent)
        {
            _accuracies.Add(agent.Accuracy);
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"agent {agent.Accuracy:P1} of {agent.Count}"));
            if (agent.Families.Count > 0)
                parts.Add(string.Join(", ", agent.Families.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Key} {f.Value:P0}"))));
        }

        Line(string.Create(CultureInfo.InvariantCulture, $"Step {evaluation.Step}: {string.Join("; ", parts)} ({evaluation.Duration.TotalSeconds:F1} s)"));
    }

    /// <inheritdoc />
    public void OnNotice(TrainingNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Line(string.Create(CultureInfo.InvariantCulture, $"Step {notice.Step}: {notice.Message}"));
    }

    /// <inheritdoc />
    public void OnEnd(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Line(string.Create(CultureInfo.InvariantCulture, $"{result.End} after {result.Step} steps{(result.BestStep is { } best ? $", best at {best}" : "")}."));
    }

    private string Describe(StepReport step)
    {
        double seconds = _recent.Sum(r => r.Duration.TotalSeconds);
        TimeSpan left = TimeSpan.FromSeconds(seconds / _recent.Count * (_steps - step.Step));
        double rate = _recent.Sum(r => (double)r.Tokens) / Math.Max(1e-9, seconds);
        string accuracy = _accuracies.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  accuracy {_accuracies[^1]:P0} {Sparkline.Of(_accuracies, 12, 0, 1)}");
        string span = left.TotalHours >= 1 ? left.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : left.ToString(@"m\:ss", CultureInfo.InvariantCulture);
        double value = _values.TakeLast(20).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        string name = step.Headline is { } headline ? headline[(headline.LastIndexOf('/') + 1)..] : "loss";
        return string.Create(CultureInfo.InvariantCulture,
            $"{step.Step}/{_steps} {step.Step * 100.0 / _steps,3:F0}%  {span} left  {name} {value:F4} {Sparkline.Of(_values, 16)}{accuracy}  {rate:F0} tok/s  lr {step.LearningRate:G3}");
    }

    private static double Headline(StepReport step) => step.Headline is { } name ? step.Numbers.GetValueOrDefault(name, double.NaN) : step.Result.Loss;

    private void Line(string text)
    {
        if (_isOpen)
            output.WriteLine();
        _isOpen = false;
        output.WriteLine(text);
    }
}
