using System.Globalization;
using Pixelis.Cli.CommandLine;
using Pixelis.Online;
using Pixelis.Online.Updates;
using Spectre.Console;

namespace Pixelis.Cli.Training;

/// <summary>Tells how far a stream is: a bar on a terminal, a line an answer elsewhere.</summary>
internal sealed class TtrlProgress(TextWriter error, int count, StreamRunner runner)
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Runs work that tells of its answers.</summary>
    public async Task<bool> RunAsync(Func<Action<StreamRequest, OnlineAnswer>, Action<int, PixelisException>, Task<bool>> work)
    {
        IAnsiConsole console = Terminal.For(error);
        if (!console.Profile.Capabilities.Interactive)
            return await work((request, answer) => error.WriteLine(Line(request, answer)), Failed);
        Progress progress = console.Progress().Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new TaskDescriptionColumn());
        return await progress.StartAsync(context =>
        {
            ProgressTask bar = context.AddTask("starting", maxValue: Math.Max(1, count));
            return work(
                (_, _) =>
                {
                    StreamProgress now = runner.Progress;
                    bar.Value = Math.Min(count, now.Answered + now.Failed);
                    bar.Description = Markup.Escape(string.Create(Invariant, $"{now.Answered} answered, {now.Updates} updates, {now.Versions} versions"));
                },
                (line, e) => console.MarkupLineInterpolated($"[yellow]line {line}: {e.Message}[/]"));
        });
    }

    /// <summary>What came of a stream, in one line.</summary>
    public static string Summary(StreamProgress progress, PolicyVersionStore versions)
    {
        string held = progress.Gates.Count == 0 ? "none" : string.Join(", ", progress.Gates.OrderByDescending(g => g.Value).Select(g => string.Create(Invariant, $"{g.Key} {g.Value}")));
        string failed = progress.Failed > 0 ? string.Create(Invariant, $" ({progress.Failed} could not be)") : "";
        string served = versions.Serving is { } version ? $"; {version.Id} answers, its weights are in {version.WeightsFolder}" : "";
        return string.Create(
            Invariant,
            $"Answered {progress.Answered}{failed}: {progress.Uses.GetValueOrDefault("queued")} queued for learning, {progress.Uses.GetValueOrDefault("in_review")} to review. Held back by gate: {held}. {progress.Updates} updates, {progress.Versions} versions published{served}.");
    }

    private string Line(StreamRequest request, OnlineAnswer answer)
    {
        string blocked = string.Join(' ', answer.Gates.Blocked.Select(g => g.Gate));
        string held = blocked.Length > 0 ? $", held back by {blocked}" : "";
        return string.Create(
            Invariant, $"line {request.Line} of {count}: {answer.Use.ToString().ToLowerInvariant()}, confidence {answer.Consensus.Confidence:0.00} of {answer.Consensus.Votes.Count} votes, {answer.PolicyVersion}{held}");
    }

    private void Failed(int line, PixelisException problem) => error.WriteLine($"pixelis: line {line} was not answered: {problem.Message}");
}
