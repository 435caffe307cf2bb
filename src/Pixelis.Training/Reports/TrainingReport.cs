using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Pixelis.Training;

/// <summary>A run as one self-contained HTML page: curves, evaluations, notices, settings, and episodes of the agent.</summary>
public static class TrainingReport
{
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-src 'self' about:; base-uri 'none'; form-action 'none'";

    private const string Style = """
        :root{color-scheme:light dark;--ink:#1c1e21;--soft:#6a7076;--line:#d9dde1;--paper:#fff}
        @media(prefers-color-scheme:dark){:root{--ink:#e6e8ea;--soft:#9aa1a8;--line:#363b41;--paper:#16181b}}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}main{max-width:1180px;margin:auto;padding:24px}
        h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}.facts{color:var(--soft)}.curves{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:16px}
        figure{margin:0}figcaption{font-weight:600}svg{width:100%;height:auto}svg text{fill:var(--soft);font-size:11px}.grid{stroke:var(--line)}
        polyline{fill:none;stroke-width:1.6}.legend{margin:0;font-size:.85em}.c0{color:#2b6cb0;stroke:#2b6cb0;fill:#2b6cb0}.c1{color:#c05621;stroke:#c05621;fill:#c05621}
        .c2{color:#2f855a;stroke:#2f855a;fill:#2f855a}.c3{color:#97266d;stroke:#97266d;fill:#97266d}.c4{color:#b7791f;stroke:#b7791f;fill:#b7791f}.c5{color:#4a5568;stroke:#4a5568;fill:#4a5568}
        polyline.c0,polyline.c1,polyline.c2,polyline.c3,polyline.c4,polyline.c5{fill:none}span[class^=c]{stroke:none}
        table{border-collapse:collapse;font-variant-numeric:tabular-nums}td,th{padding:2px 12px 2px 0;text-align:left;border-bottom:1px solid var(--line)}
        iframe{width:100%;height:640px;border:1px solid var(--line);background:#fff}summary{cursor:pointer;padding:4px 0}
        """;

    /// <summary>Makes the page.</summary>
    /// <param name="title">Its heading.</param>
    /// <param name="log">Lines of the run's log (<see cref="TrainingLog.Read"/>).</param>
    /// <param name="episodes">Title and whole HTML page of each episode to show; empty for none.</param>
    public static string ToHtml(string title, IReadOnlyList<LogLine> log, IReadOnlyList<(string Title, string Html)>? episodes = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        var page = new StringBuilder(64 * 1024);
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy)
            .Append("\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(WebUtility.HtmlEncode(title))
            .Append("</title><style>").Append(Style).Append("</style></head><body><main><h1>").Append(WebUtility.HtmlEncode(title)).Append("</h1>");
        LogLine[] steps = [.. log.Where(l => l.Event == "step")], evaluations = [.. log.Where(l => l.Event == "evaluation")];
        AppendFacts(page, log, steps);
        AppendCurves(page, steps, evaluations);
        AppendEvaluations(page, evaluations);
        AppendNotices(page, log);
        AppendEpisodes(page, episodes ?? []);
        AppendSettings(page, log);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AppendFacts(StringBuilder page, IReadOnlyList<LogLine> log, LogLine[] steps)
    {
        double seconds = steps.Sum(s => s.Number("seconds") ?? 0), tokens = steps.Sum(s => s.Number("tokens") ?? 0), padded = steps.Sum(s => s.Number("paddedTokens") ?? 0);
        double trained = log.Where(l => l.Event == "start").Select(l => l.Number("trained") ?? 0).LastOrDefault();
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"facts\">{steps.Length} steps &middot; {steps.Sum(s => s.Number("examples") ?? 0):F0} examples &middot; {tokens / 1e6:F2} M tokens ")
            .Append(CultureInfo.InvariantCulture, $"({(tokens > 0 ? (padded / tokens) - 1 : 0):P1} padding) &middot; {TimeSpan.FromSeconds(Math.Round(seconds)):c} of steps &middot; {tokens / Math.Max(1e-9, seconds):F0} tokens/s &middot; {trained / 1e6:F2} M trained parameters</p>");
    }

    private static void AppendCurves(StringBuilder page, LogLine[] steps, LogLine[] evaluations)
    {
        page.Append("<section class=\"curves\">");
        CurveChart.Append(page, "Loss", [Of("training", steps, "loss"), Of("held out", evaluations, "loss")]);
        string[] families = [.. evaluations.SelectMany(e => Families(e).Select(f => f.Name)).Distinct()];
        IEnumerable<Curve> accuracies = families.Select(f => new Curve(f, [.. evaluations.SelectMany(e => Families(e).Where(x => x.Name == f).Select(x => ((double)e.Step, x.Value)))]));
        CurveChart.Append(page, "Accuracy of the agent", [Of("all", evaluations, "accuracy"), .. accuracies], fromZero: true);
        CurveChart.Append(page, "Accuracy of held-out tokens", [Of("tokens", evaluations, "tokenAccuracy")]);
        CurveChart.Append(page, "Gradient norm", [Of("norm", steps, "gradientNorm")], fromZero: true);
        CurveChart.Append(page, "Learning rate", [Of("rate", steps, "learningRate")], fromZero: true);
        CurveChart.Append(page, "Tokens a second", [new Curve("rate", [.. steps.Where(s => s.Number("seconds") > 0).Select(s => ((double)s.Step, s.Number("tokens")!.Value / s.Number("seconds")!.Value))])], fromZero: true);
        if (steps.Any(s => s.Number("stage") > 0))
            CurveChart.Append(page, "Stage", [Of("stage", steps, "stage")], fromZero: true);
        AppendNumbers(page, steps);
        page.Append("</section>");
    }

    // One chart for each group of further numbers: what stands before the slash of their names.
    private static void AppendNumbers(StringBuilder page, LogLine[] steps)
    {
        (double Step, string Name, double Value)[] all = [.. steps.SelectMany(s => Group(s, "numbers").Select(n => ((double)s.Step, n.Name, n.Value)))];
        foreach (var group in all.GroupBy(n => n.Name.Contains('/', StringComparison.Ordinal) ? n.Name[..n.Name.IndexOf('/', StringComparison.Ordinal)] : n.Name))
        {
            IEnumerable<Curve> curves = group.GroupBy(n => n.Name).Select(n => new Curve(n.Key[(n.Key.IndexOf('/', StringComparison.Ordinal) + 1)..], [.. n.Select(x => (x.Step, x.Value))]));
            CurveChart.Append(page, group.Key, [.. curves]);
        }
    }

    private static void AppendEvaluations(StringBuilder page, LogLine[] evaluations)
    {
        if (evaluations.Length == 0)
            return;
        page.Append("<h2>Evaluations</h2><table><tr><th>step<th>held-out loss<th>token accuracy<th>agent<th>families</tr>");
        foreach (LogLine e in evaluations)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{e.Step}<td>{e.Number("loss"):F4}<td>{e.Number("tokenAccuracy"):P1}<td>{e.Number("accuracy"):P1}<td>")
                .AppendJoin(", ", Families(e).Select(f => string.Create(CultureInfo.InvariantCulture, $"{WebUtility.HtmlEncode(f.Name)} {f.Value:P0}"))).Append("</tr>");
        }

        page.Append("</table>");
    }

    private static void AppendNotices(StringBuilder page, IReadOnlyList<LogLine> log)
    {
        LogLine[] notices = [.. log.Where(l => l.Event is "notice" or "end" && Text(l, "kind") != nameof(NoticeKind.CheckpointWritten))];
        if (notices.Length == 0)
            return;
        page.Append("<h2>Notices</h2><table>");
        foreach (LogLine notice in notices.TakeLast(200))
        {
            string message = notice.Event == "end" ? $"{Text(notice, "end")} {Text(notice, "error")}" : Text(notice, "message");
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{notice.Step}<td>{WebUtility.HtmlEncode(message)}</tr>");
        }

        page.Append("</table>");
    }

    private static void AppendEpisodes(StringBuilder page, IReadOnlyList<(string Title, string Html)> episodes)
    {
        if (episodes.Count == 0)
            return;
        page.Append("<h2>Episodes of the last evaluation</h2>");
        foreach ((string title, string html) in episodes)
        {
            page.Append("<details><summary>").Append(WebUtility.HtmlEncode(title)).Append("</summary><iframe sandbox loading=\"lazy\" srcdoc=\"")
                .Append(WebUtility.HtmlEncode(html)).Append("\"></iframe></details>");
        }
    }

    private static void AppendSettings(StringBuilder page, IReadOnlyList<LogLine> log)
    {
        LogLine start = log.LastOrDefault(l => l.Event == "start");
        if (start.Event is null || !start.Fields.TryGetProperty("configuration", out JsonElement configuration))
            return;
        page.Append("<h2>Settings</h2><table>");
        foreach (JsonProperty setting in configuration.EnumerateObject())
            page.Append("<tr><td>").Append(WebUtility.HtmlEncode(setting.Name)).Append("<td>").Append(WebUtility.HtmlEncode(setting.Value.ToString())).Append("</tr>");
        page.Append("</table>");
    }

    private static Curve Of(string name, LogLine[] lines, string field) =>
        new(name, [.. lines.Where(l => l.Number(field) is not null).Select(l => ((double)l.Step, l.Number(field)!.Value))]);

    private static IEnumerable<(string Name, double Value)> Families(LogLine line) => Group(line, "families");

    private static IEnumerable<(string Name, double Value)> Group(LogLine line, string field) =>
        line.Fields.TryGetProperty(field, out JsonElement numbers)
            ? numbers.EnumerateObject().Where(f => f.Value.ValueKind == JsonValueKind.Number).Select(f => (f.Name, f.Value.GetDouble()))
            : [];

    private static string Text(LogLine line, string name) => line.Fields.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
