using System.Diagnostics;
using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Evaluation;
using Spectre.Console;

namespace Pixelis.Cli.Evaluating;

/// <summary>Tells how far an evaluation is: a bar on a terminal, a line every tenth elsewhere.</summary>
internal sealed class EvaluationProgress(TextWriter error)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _first = -1;
    private int _seen;
    private int _right;
    private int _tenth;

    /// <summary>Runs work that tells of its episodes.</summary>
    public async Task<T> RunAsync<T>(Func<Action<EvaluatedEpisode>, Task<T>> work)
    {
        IAnsiConsole console = Terminal.For(error);
        if (!console.Profile.Capabilities.Interactive)
            return await work(TellLine);
        Progress progress = console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn());
        return await progress.StartAsync(context =>
        {
            ProgressTask bar = context.AddTask("starting");
            return work(episode =>
            {
                Count(episode);
                bar.MaxValue = episode.Count;
                bar.Value = episode.Done;
                bar.Description = Markup.Escape(Words(episode));
            });
        });
    }

    private void TellLine(EvaluatedEpisode episode)
    {
        Count(episode);
        int tenth = 10 * episode.Done / episode.Count;
        if (tenth == _tenth)
            return;
        _tenth = tenth;
        double rest = (episode.Count - episode.Done) * _clock.Elapsed.TotalSeconds / Math.Max(1, episode.Done - _first);
        error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Words(episode)}, {rest:0} s left"));
    }

    private void Count(EvaluatedEpisode episode)
    {
        if (_first < 0)
            (_first, _tenth) = (episode.Done - 1, 10 * (episode.Done - 1) / episode.Count);
        _seen++;
        _right += episode.Prediction.Right ? 1 : 0;
    }

    private string Words(EvaluatedEpisode episode) =>
        string.Create(CultureInfo.InvariantCulture, $"{episode.Done}/{episode.Count}, {100.0 * _right / _seen:0.0}% of {_seen} right");
}
