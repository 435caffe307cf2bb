using System.Globalization;
using System.Text.Json;

namespace Pixelis.Training;

/// <summary>
/// One JSON object a line: <c>{"event": "step", "step": 12, "loss": ...}</c>, so that any program can read a run while it goes on. A resumed run
/// appends; lines of steps after the one it goes on from are removed, because they are made again.
/// </summary>
/// <param name="file">Where; made when absent.</param>
public sealed class JsonLinesLog(string file) : ITrainingObserver, IDisposable
{
    private StreamWriter? _writer;

    /// <inheritdoc />
    public void OnStart(RunDescription run)
    {
        ArgumentNullException.ThrowIfNull(run);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        if (File.Exists(file))
            KeepUntil(run.FirstStep);
        _writer = new StreamWriter(file, append: true) { AutoFlush = true };
        Write("start", run.FirstStep, json =>
        {
            json.WriteNumber("steps", run.Steps);
            json.WriteNumber("trained", run.TrainedCount);
            json.WriteNumber("frozen", run.FrozenCount);
            json.WriteStartObject("configuration");
            foreach ((string name, string value) in run.Configuration)
                json.WriteString(name, value);
            json.WriteEndObject();
        });
    }

    /// <inheritdoc />
    public void OnStep(StepReport step) => Write("step", step.Step, json =>
    {
        Number(json, "loss", step.Result.Loss);
        Number(json, "gradientNorm", step.Result.GradientNorm);
        Number(json, "learningRate", step.LearningRate);
        json.WriteNumber("examples", step.Result.Examples);
        json.WriteNumber("tokens", step.Result.Tokens);
        json.WriteNumber("paddedTokens", step.Result.PaddedTokens);
        json.WriteNumber("targets", step.Result.Targets);
        json.WriteNumber("stage", step.Stage);
        Number(json, "seconds", step.Duration.TotalSeconds);
        Number(json, "waitSeconds", step.DataWait.TotalSeconds);
        if (step.Numbers.Count > 0)
            Numbers(json, "numbers", step.Numbers);
        if (!step.Result.IsApplied)
            json.WriteBoolean("bad", true);
    });

    /// <inheritdoc />
    public void OnEvaluation(EvaluationResult evaluation) => Write("evaluation", evaluation.Step, json =>
    {
        if (evaluation.Loss is { } loss)
            Number(json, "loss", loss);
        if (evaluation.TokenAccuracy is { } accuracy)
            Number(json, "tokenAccuracy", accuracy);
        if (evaluation.Agent is { } agent)
        {
            Number(json, "accuracy", agent.Accuracy);
            json.WriteNumber("count", agent.Count);
            Numbers(json, "families", agent.Families);
            Numbers(json, "numbers", agent.Numbers);
        }

        Number(json, "seconds", evaluation.Duration.TotalSeconds);
    });

    /// <inheritdoc />
    public void OnNotice(TrainingNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        Write("notice", notice.Step, json =>
        {
            json.WriteString("kind", notice.Kind.ToString());
            json.WriteString("message", notice.Message);
        });
    }

    /// <inheritdoc />
    public void OnEnd(TrainingResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Write("end", result.Step, json =>
        {
            json.WriteString("end", result.End.ToString());
            json.WriteNumber("badSteps", result.BadSteps);
            json.WriteNumber("skippedExamples", result.SkippedExamples);
            if (result.BestStep is { } best)
                json.WriteNumber("bestStep", best);
            if (result.Error is { } error)
                json.WriteString("error", error);
        });
    }

    /// <inheritdoc />
    public void Dispose() => _writer?.Dispose();

    private static void Numbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> values)
    {
        json.WriteStartObject(name);
        foreach ((string key, double value) in values)
            Number(json, key, value);
        json.WriteEndObject();
    }

    // JSON has no NaN and no infinity: they become null.
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private void Write(string kind, int step, Action<Utf8JsonWriter> body)
    {
        if (_writer is null)
            return;
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            json.WriteNumber("step", step);
            json.WriteString("time", DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture));
            body(json);
            json.WriteEndObject();
        }

        try
        {
            _writer.WriteLine(System.Text.Encoding.UTF8.GetString(memory.GetBuffer(), 0, (int)memory.Length));
        }
        catch (IOException)
        {
            // A full disk must not end a run that could still be trained; what the log lacks, checkpoints have.
        }
    }

    private void KeepUntil(int step) =>
        AtomicFile.WriteLines(file, File.ReadLines(file).Where(line => TrainingLog.TryRead(line, out LogLine read) && read.Step <= step));
}
