using Pixelis.Agents;
using Pixelis.Training;

namespace Pixelis.Cli.Training;

/// <summary>Those who hear of a run that the command line starts: log, TensorBoard, terminal, report.</summary>
internal sealed class RunObservers(string title, string folder, TextWriter error) : IDisposable
{
    private readonly JsonLinesLog _log = new(Path.Combine(folder, "log.jsonl"));
    private readonly TensorBoardLog _board = new(folder);

    public IReadOnlyList<ITrainingObserver> All =>
        [_log, _board, View(error), new HtmlReportLog(title, Path.Combine(folder, "log.jsonl"), Path.Combine(folder, "report.html"), TrajectoryHtml.ToHtml)];

    public void Dispose()
    {
        _log.Dispose();
        _board.Dispose();
    }

    private static TerminalView View(TextWriter error)
    {
        bool live = ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected;
        return new TerminalView(error, live, live ? Math.Max(40, Console.WindowWidth) : 200);
    }
}
