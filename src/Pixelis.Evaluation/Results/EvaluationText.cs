using System.Globalization;
using System.Text;

namespace Pixelis.Evaluation;

/// <summary>A result as a text for people.</summary>
public static class EvaluationText
{
    private const int NameWidth = 14;

    /// <summary>Tables of the scores, with what they depend on.</summary>
    /// <exception cref="ArgumentException">The report has no scores.</exception>
    public static string Of(EvaluationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        EvaluationScores scores = report.Scores ?? throw new ArgumentException("The run is not complete; it has no scores.", nameof(report));
        var text = new StringBuilder();
        EvaluationSettings settings = report.Settings;
        text.Append(CultureInfo.InvariantCulture, $"{settings.Agent.Model} on {settings.Data}: {scores.All.Count} of {report.Count} examples\n");
        text.Append(CultureInfo.InvariantCulture, $"tools: {(settings.Agent.Tools.Count == 0 ? "off" : string.Join(", ", settings.Agent.Tools))}\n\n");
        text.Append(Row("", "n", "right", "accuracy", "95 %", "with tools", "calls", "failed", "turns", "tokens", "seconds"));
        foreach (GroupScore group in scores.Families.Append(scores.All))
            AppendGroup(text, group);
        AppendDifficulties(text, scores);
        AppendTools(text, scores);
        AppendEnd(text, report, scores);
        return text.ToString();
    }

    private static void AppendGroup(StringBuilder text, GroupScore g) => text.Append(Row(
        g.Name, Whole(g.Count), Whole(g.Right), Percent(g.Accuracy), $"{Percent(g.Interval.Low)}..{Percent(g.Interval.High)}", Percent(g.ToolRate),
        Number(g.Calls), Percent(g.FailedCalls), Number(g.Turns), $"{Whole(g.TokensRead)}+{Whole(g.TokensWritten)}", Number(g.Seconds)));

    private static string Row(params ReadOnlySpan<string> cells)
    {
        ReadOnlySpan<int> widths = [5, 6, 9, 14, 11, 6, 7, 6, 9, 8];
        var row = new StringBuilder(cells[0].PadRight(NameWidth));
        for (int i = 1; i < cells.Length; i++)
            row.Append(' ').Append(cells[i].PadLeft(widths[i - 1]));
        return row.Append('\n').ToString();
    }

    private static void AppendDifficulties(StringBuilder text, EvaluationScores scores)
    {
        if (scores.Difficulties.Count == 0)
            return;
        Dictionary<string, GroupScore> cells = scores.Cells.ToDictionary(c => c.Name);
        string[] levels = [.. scores.Difficulties.Select(d => d.Name["difficulty ".Length..])];
        text.Append('\n').Append("accuracy by difficulty".PadRight(NameWidth + 8)).Append(string.Concat(levels.Select(l => l.PadLeft(9)))).Append('\n');
        foreach (GroupScore family in scores.Families)
        {
            IEnumerable<string> row = levels.Select(l => cells.TryGetValue($"{family.Name} {l}", out GroupScore? cell) ? Percent(cell.Accuracy) : "-");
            text.Append(family.Name.PadRight(NameWidth + 8)).Append(string.Concat(row.Select(c => c.PadLeft(9)))).Append('\n');
        }
        text.Append("all".PadRight(NameWidth + 8)).Append(string.Concat(scores.Difficulties.Select(d => Percent(d.Accuracy).PadLeft(9)))).Append('\n');
    }

    private static void AppendTools(StringBuilder text, EvaluationScores scores)
    {
        if (scores.Tools.Count > 0)
            text.Append('\n').Append("calls: ").AppendJoin(", ", scores.Tools.Select(t => t.Failed == 0 ? $"{t.Tool} {t.Calls}" : $"{t.Tool} {t.Calls} ({t.Failed} failed)")).Append('\n');
    }

    private static void AppendEnd(StringBuilder text, EvaluationReport report, EvaluationScores scores)
    {
        text.Append("ends: ").AppendJoin(", ", scores.EndReasons.Select(e => $"{e.Key} {e.Value}")).Append('\n');
        if (report.LeftOut.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"left out: {report.LeftOut.Count} examples that cannot be used\n");
        string pixels = report.Settings.Agent.Pixels is { } budget ? string.Create(CultureInfo.InvariantCulture, $"{budget.MinPixels}..{budget.MaxPixels} pixels a picture, at most {budget.MaxFramePixels} a frame, ") : "";
        text.Append(CultureInfo.InvariantCulture,
            $"{pixels}temperature {report.Settings.Agent.Generation.Temperature}, seed {report.Settings.Seed}, Pixelis {report.Environment.Version}{(report.Environment.Commit is { } c ? $" ({c[..Math.Min(9, c.Length)]})" : "")}\n");
    }

    internal static string Percent(double share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + "%";

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Whole(double value) => value.ToString("0", CultureInfo.InvariantCulture);
}
