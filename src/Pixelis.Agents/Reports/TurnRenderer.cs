using System.Globalization;
using System.Text;
using System.Text.Json;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Draws the turns of a trajectory: what was said, which tools ran, what they found.</summary>
internal sealed class TurnRenderer(StringBuilder page, Trajectory trajectory, PictureRenderer pictures)
{
    public void Append(TrajectoryTurn turn, int index)
    {
        string role = turn.Role.ToString().ToLowerInvariant();
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"turn {role}\" id=\"turn{index}\"><h2>{index + 1} {role}");
        page.Append("<small>");
        if (turn.TokenCount > 0)
            page.Append(CultureInfo.InvariantCulture, $" {turn.TokenCount} tokens");
        if (turn.Duration > TimeSpan.Zero)
            page.Append(turn.TokenCount > 0 ? " &middot; " : " ").Append(HtmlText.Seconds(turn.Duration));
        page.Append("</small></h2>");
        if (turn.Role is Role.Tool or Role.System || IsObservation(index))
            AppendFolded(turn);
        else
            AppendSpoken(turn);
        foreach (ToolInvocation call in turn.Invocations)
            AppendCall(call);
        page.Append("</section>");
    }

    // Some dialects show results to the model as user turns.
    private bool IsObservation(int index) => index > 0 && trajectory.Turns[index].Role == Role.User && trajectory.Turns[index - 1].Invocations.Count > 0;

    // The calls before it show the same with pictures: the words the model read are there for who wants them.
    private void AppendFolded(TrajectoryTurn turn)
    {
        page.Append("<details><summary>").Append(turn.Role == Role.System ? "standing instructions" : "what the model was told");
        if (turn.InputNumbers.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $", with image{(turn.InputNumbers.Count == 1 ? "" : "s")} {string.Join(", ", turn.InputNumbers)}");
        page.Append("</summary><div class=\"said\">").Append(HtmlText.EscapeShort(turn.Text)).Append("</div></details>");
    }

    private void AppendSpoken(TrajectoryTurn turn)
    {
        page.Append("<div class=\"said\">");
        AppendWords(turn);
        page.Append("</div>");
        AppendPictures(turn.InputNumbers.Select(number => (number, (IReadOnlyList<ToolAnnotation>)[])));
    }

    private void AppendWords(TrajectoryTurn turn)
    {
        if (turn.TokenTexts.Count == 0 || turn.TokenTexts.Count > turn.TokenCount || turn.TokenStart + turn.TokenCount > trajectory.LogProbabilities.Count)
        {
            page.Append(HtmlText.EscapeShort(turn.Text));
            return;
        }
        for (int i = 0; i < turn.TokenTexts.Count; i++)
        {
            double probability = Math.Exp(trajectory.LogProbabilities[turn.TokenStart + i]);
            if (double.IsNaN(probability))
                page.Append(HtmlText.Escape(turn.TokenTexts[i])); // not told, so not shaded
            else
                page.Append(CultureInfo.InvariantCulture, $"<span style=\"--p:{probability:0.###}\" title=\"p = {probability:0.###}\">").Append(HtmlText.Escape(turn.TokenTexts[i])).Append("</span>");
        }
    }

    private void AppendCall(ToolInvocation call)
    {
        page.Append("<div class=\"call").Append(call.IsError ? " failed" : "").Append("\"><div class=\"head\"><code><b>")
            .Append(HtmlText.Escape(call.Call.Name.Length > 0 ? call.Call.Name : "unreadable call")).Append("</b> ")
            .Append(HtmlText.EscapeShort(call.Call.Arguments.ValueKind == JsonValueKind.Undefined ? "" : call.Call.Arguments.GetRawText()))
            .Append("</code><small>").Append(call.IsError ? "failed, " : "").Append(HtmlText.Seconds(call.Duration)).Append("</small></div><pre>")
            .Append(HtmlText.EscapeShort(call.ResultText)).Append("</pre>");
        IEnumerable<(int, IReadOnlyList<ToolAnnotation>)> marked = call.Annotations.GroupBy(a => a.Input).Select(on => (on.Key, (IReadOnlyList<ToolAnnotation>)[.. on]));
        AppendPictures(marked.Concat(call.ImageNumbers.Select(number => (number, (IReadOnlyList<ToolAnnotation>)[]))));
        page.Append("</div>");
    }

    private void AppendPictures(IEnumerable<(int Number, IReadOnlyList<ToolAnnotation> Annotations)> shown)
    {
        int start = page.Length;
        foreach ((int number, IReadOnlyList<ToolAnnotation> annotations) in shown)
            pictures.Append(page, number, annotations);
        if (page.Length > start)
            page.Insert(start, "<div class=\"pictures\">").Append("</div>");
    }
}
