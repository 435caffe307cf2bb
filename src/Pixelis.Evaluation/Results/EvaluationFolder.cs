using System.Text;
using System.Text.Json;

namespace Pixelis.Evaluation;

/// <summary>
/// Results on disk: <c>predictions.jsonl</c> (written line by line while the run goes on), <c>result.json</c> and <c>report.txt</c>. A run
/// that was stopped is taken up again where it ended. Not thread-safe; dispose it.
/// </summary>
public sealed class EvaluationFolder : IDisposable
{
    /// <summary>The file of the predictions.</summary>
    public const string PredictionsName = "predictions.jsonl";

    /// <summary>The file of scores and settings.</summary>
    public const string ResultName = "result.json";

    /// <summary>The file of the text report.</summary>
    public const string ReportName = "report.txt";

    private readonly EvaluationReport _report;
    private readonly StreamWriter _lines;

    private EvaluationFolder(string path, EvaluationReport report, IReadOnlyDictionary<string, Prediction> done)
    {
        (Path, _report, Done) = (path, report, done);
        _lines = new StreamWriter(System.IO.Path.Combine(path, PredictionsName), append: true, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Predictions of an earlier part of the run, by id.</summary>
    public IReadOnlyDictionary<string, Prediction> Done { get; }

    /// <summary>Opens a folder for a run: a new one, an empty one, or that of a run with the same settings, which is then gone on with.</summary>
    /// <param name="path">The folder; made where it is missing.</param>
    /// <param name="settings">What the score depends on.</param>
    /// <param name="environment">Where it is made.</param>
    /// <param name="data">What is to be asked.</param>
    /// <exception cref="PixelisException">The folder holds a run with other settings (the differences are named), or files that cannot be read.</exception>
    public static EvaluationFolder Open(string path, EvaluationSettings settings, EvaluationEnvironment environment, EvaluationData data)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        Directory.CreateDirectory(path);
        string predictions = System.IO.Path.Combine(path, PredictionsName), result = System.IO.Path.Combine(path, ResultName);
        IReadOnlyList<Prediction> done = [];
        if (File.Exists(result))
        {
            EvaluationReport earlier = ReadReport(result);
            IReadOnlyList<string> differences = SettingsDifference.Between(earlier.Settings, settings);
            if (differences.Count > 0)
                throw new PixelisException($"{path}: holds a run with other settings; name another folder, or set them as they were: {string.Join("; ", differences)}.");
            if (earlier.Count > data.Count)
                throw new PixelisException($"{path}: holds a run of {earlier.Count} examples, and {data.Count} were asked for; name another folder, or ask for as many.");
            done = File.Exists(predictions) ? PredictionFile.Read(predictions) : [];
        }
        else if (File.Exists(predictions))
        {
            throw new PixelisException($"{path}: holds {PredictionsName} but no {ResultName} that says how they were made; name another folder.");
        }
        var report = new EvaluationReport
        {
            Schema = EvaluationReport.CurrentSchema, Settings = settings, Environment = environment, Count = data.Count, IsComplete = false, LeftOut = data.LeftOut,
        };
        PredictionFile.Write(predictions, done); // without a line that was cut off
        WriteReport(result, report);
        return new EvaluationFolder(path, report, done.ToDictionary(p => p.Id, StringComparer.Ordinal));
    }

    /// <summary>Keeps a prediction at once.</summary>
    public void Add(Prediction prediction)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        _lines.WriteLine(PredictionFile.ToLine(prediction));
    }

    /// <summary>Writes the scores, the text report, and the predictions in the order of the data.</summary>
    /// <param name="predictions">All of the run.</param>
    public EvaluationReport Finish(IReadOnlyList<Prediction> predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        _lines.Dispose();
        EvaluationReport report = _report with { IsComplete = true, Scores = EvaluationScores.Of(predictions, _report.Settings.Seed) };
        PredictionFile.Write(System.IO.Path.Combine(Path, PredictionsName), predictions);
        WriteReport(System.IO.Path.Combine(Path, ResultName), report);
        File.WriteAllText(System.IO.Path.Combine(Path, ReportName), EvaluationText.Of(report));
        return report;
    }

    /// <summary>Reads a result with its predictions. Scores are worked out anew from these, never taken from the file.</summary>
    /// <param name="path">The folder, or its result.json.</param>
    /// <exception cref="PixelisException">A file is missing or cannot be read, or there is no prediction.</exception>
    public static (EvaluationReport Report, IReadOnlyList<Prediction> Predictions) Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string result = Directory.Exists(path) ? System.IO.Path.Combine(path, ResultName) : path;
        if (!File.Exists(result))
            throw new PixelisException($"{result}: there is no such file; the folder of an evaluation was expected.");
        EvaluationReport report = ReadReport(result);
        string predictions = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(result))!, PredictionsName);
        if (!File.Exists(predictions))
            throw new PixelisException($"{predictions}: there is no such file; a score without its predictions is not one.");
        IReadOnlyList<Prediction> all = PredictionFile.Read(predictions);
        return all.Count == 0
            ? throw new PixelisException($"{predictions}: there are no predictions.")
            : (report with { Scores = EvaluationScores.Of(all, report.Settings.Seed) }, all);
    }

    /// <summary>What a result is called: its folder's name.</summary>
    /// <param name="path">The folder, or its result.json.</param>
    internal static string NameOf(string path)
    {
        string full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        return System.IO.Path.GetFileName(Directory.Exists(full) ? full : System.IO.Path.GetDirectoryName(full)!);
    }

    /// <summary>Closes the file of predictions.</summary>
    public void Dispose() => _lines.Dispose();

    private static EvaluationReport ReadReport(string file)
    {
        try
        {
            EvaluationReport report = JsonSerializer.Deserialize(File.ReadAllBytes(file), ResultReader.Of<EvaluationReport>(EvaluationJson.Default.Options))
                ?? throw new PixelisException($"{file}: the value is null; a JSON object was expected.");
            return report.Schema.StartsWith("pixelis.evaluation/", StringComparison.Ordinal)
                ? report
                : throw new PixelisException($"{file}: field 'schema': '{report.Schema}' is not one of 'pixelis.evaluation/...'.");
        }
        catch (JsonException e)
        {
            throw new PixelisException($"{file}: is no result of an evaluation: {e.Message}", e);
        }
    }

    private static void WriteReport(string file, EvaluationReport report) =>
        AtomicFile.WriteText(file, JsonSerializer.Serialize(report, EvaluationJson.Default.EvaluationReport) + "\n");
}
