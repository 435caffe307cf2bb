using System.Globalization;
using System.Text;
using Pixelis.Generation;
using Pixelis.Imaging;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Trajectories as pages for people.</summary>
public static class TrajectoryHtml
{
    /// <summary>
    /// Writes one self-contained HTML page: the question, every turn, what tools found drawn on the pictures, the model's tokens
    /// shaded by their probability, timings. Pictures appear when the trajectory still holds them (<see cref="Trajectory.Media"/>).
    /// </summary>
    public static void SaveHtml(this Trajectory trajectory, string path)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, trajectory.ToHtml(), new UTF8Encoding(false));
    }

    /// <summary>The page of <see cref="SaveHtml"/> as text.</summary>
    public static string ToHtml(this Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        var page = new StringBuilder(64 * 1024);
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(HtmlText.Escape(trajectory.Question)).Append("</title><style>").Append(TrajectoryStyle.Css).Append("</style></head><body><main>");
        AppendHead(page, trajectory);
        var pictures = new PictureRenderer(trajectory);
        foreach (TrajectoryTurn turn in trajectory.Turns)
            AppendTurn(page, trajectory, turn, pictures);
        AppendEnd(page, trajectory);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AppendHead(StringBuilder page, Trajectory t) => page
        .Append("<header><h1>").Append(HtmlText.Escape(t.Question)).Append("</h1><p class=\"facts\">")
        .Append(HtmlText.Escape(t.Model)).Append(" &middot; policy ").Append(HtmlText.Escape(t.PolicyVersion))
        .Append(" &middot; ").Append(HtmlText.Escape(t.StartedAt.ToString("u", CultureInfo.InvariantCulture)))
        .Append(" &middot; ").Append(HtmlText.Seconds(t.Duration)).Append(" &middot; ")
        .Append(t.TokenIds.Count).Append(" tokens, ").Append(t.Provenance.Count(p => p == TokenProvenance.Sampled)).Append(" sampled</p></header>");

    private static void AppendTurn(StringBuilder page, Trajectory trajectory, TrajectoryTurn turn, PictureRenderer pictures)
    {
        string role = turn.Role.ToString().ToLowerInvariant();
        page.Append("<section class=\"turn ").Append(role).Append("\"><h2>").Append(role);
        if (turn.Duration > TimeSpan.Zero)
            page.Append(" <small>").Append(HtmlText.Seconds(turn.Duration)).Append("</small>");
        page.Append("</h2><div class=\"said\">");
        AppendSaid(page, trajectory, turn);
        page.Append("</div>");
        foreach (ToolInvocation call in turn.Invocations)
            AppendInvocation(page, call);
        if (turn.InputNumbers.Count > 0)
        {
            page.Append("<div class=\"pictures\">");
            foreach (int number in turn.InputNumbers)
                pictures.Append(page, number);
            page.Append("</div>");
        }
        page.Append("</section>");
    }

    private static void AppendSaid(StringBuilder page, Trajectory trajectory, TrajectoryTurn turn)
    {
        if (turn.TokenTexts.Count == 0 || turn.TokenTexts.Count > turn.TokenCount)
        {
            page.Append(HtmlText.Escape(turn.Text));
            return;
        }
        for (int i = 0; i < turn.TokenTexts.Count; i++)
        {
            double probability = Math.Exp(trajectory.LogProbabilities[turn.TokenStart + i]);
            page.Append(CultureInfo.InvariantCulture, $"<span style=\"--p:{probability:0.###}\" title=\"p = {probability:0.###}\">")
                .Append(HtmlText.Escape(turn.TokenTexts[i])).Append("</span>");
        }
    }

    private static void AppendInvocation(StringBuilder page, ToolInvocation call) => page
        .Append("<div class=\"call").Append(call.IsError ? " failed" : "").Append("\"><code>").Append(HtmlText.Escape(call.Call.Name))
        .Append(HtmlText.Escape(call.Call.Arguments.ValueKind == System.Text.Json.JsonValueKind.Undefined ? "" : call.Call.Arguments.GetRawText()))
        .Append("</code> <small>").Append(HtmlText.Seconds(call.Duration)).Append("</small><pre>").Append(HtmlText.Escape(call.ResultText)).Append("</pre></div>");

    private static void AppendEnd(StringBuilder page, Trajectory t)
    {
        page.Append("<footer><h2>").Append(HtmlText.Escape(t.EndReason.ToString())).Append("</h2><p class=\"answer\">")
            .Append(HtmlText.Escape(t.Answer ?? "no answer")).Append("</p>");
        if (t.Error is { } error)
            page.Append("<p class=\"error\">").Append(HtmlText.Escape(error)).Append("</p>");
        page.Append("</footer>");
    }
}
