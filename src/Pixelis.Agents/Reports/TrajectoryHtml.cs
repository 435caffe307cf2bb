using System.Globalization;
using System.Text;
using Pixelis.Generation;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Trajectories as pages for people.</summary>
public static class TrajectoryHtml
{
    // Whatever a tool or model wrote, and were it to get past the escaping, the page runs no script and asks nobody for anything.
    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

    /// <summary>
    /// Writes one self-contained HTML page: the question, every turn, what tools found drawn on the pictures, the model's tokens
    /// shaded by their probability, timings. Pictures appear when the trajectory still holds them (<see cref="Trajectory.Media"/>).
    /// </summary>
    public static void SaveHtml(this Trajectory trajectory, string path)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.WriteText(path, trajectory.ToHtml());
    }

    /// <summary>The page of <see cref="SaveHtml"/> as text.</summary>
    public static string ToHtml(this Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        var page = new StringBuilder(64 * 1024);
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy)
            .Append("\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
            .Append(HtmlText.EscapeShort(trajectory.Question)).Append("</title><style>").Append(TrajectoryStyle.Css).Append("</style></head><body><main>");
        AppendHead(page, trajectory);
        var pictures = new PictureRenderer(trajectory);
        var turns = new TurnRenderer(page, trajectory, pictures);
        for (int i = 0; i < trajectory.Turns.Count; i++)
            turns.Append(trajectory.Turns[i], i);
        AppendEnd(page, trajectory);
        TimingChart.Append(page, trajectory);
        pictures.AppendPixels(page);
        return page.Append("</main></body></html>\n").ToString();
    }

    private static void AppendHead(StringBuilder page, Trajectory t)
    {
        page.Append("<header><h1>").Append(HtmlText.EscapeShort(t.Question)).Append("</h1><p class=\"facts\">")
            .Append(HtmlText.Escape(t.Model)).Append(" &middot; policy ").Append(HtmlText.Escape(t.PolicyVersion))
            .Append(" &middot; ").Append(HtmlText.Escape(t.StartedAt.ToString("u", CultureInfo.InvariantCulture)))
            .Append(" &middot; ").Append(HtmlText.Seconds(t.Duration))
            .Append(CultureInfo.InvariantCulture, $" &middot; {t.Turns.Sum(turn => turn.Invocations.Count)} tool calls");
        if (t.TokenIds.Count > 0)
            page.Append(CultureInfo.InvariantCulture, $" &middot; {t.TokenIds.Count} tokens, {t.Provenance.Count(p => p == TokenProvenance.Sampled)} sampled");
        page.Append("</p>").Append(Legend).Append("</header>");
    }

    private const string Legend =
        "<p class=\"legend\"><span class=\"said\"><span style=\"--p:1\">sure</span><span style=\"--p:.6\"> &#8594; </span><span style=\"--p:.3\"> &#8594; </span><span style=\"--p:0\">unsure</span></span>"
        + " probability of each sampled token <i class=\"key box\"></i> box <i class=\"key mask\"></i> outline <i class=\"key track\"></i> way of a tracked object</p>";

    private static void AppendEnd(StringBuilder page, Trajectory t)
    {
        page.Append("<footer class=\"").Append(t.EndReason == EndReason.Answered ? "answered" : "ended").Append("\"><h2>").Append(Words(t.EndReason))
            .Append("</h2><p class=\"answer\">").Append(HtmlText.EscapeShort(t.Answer ?? "no answer")).Append("</p>");
        if (t.Error is { } error)
            page.Append("<p class=\"error\">").Append(HtmlText.EscapeShort(error)).Append("</p>");
        page.Append("</footer>");
    }

    private static string Words(EndReason reason) => reason switch
    {
        EndReason.Answered => "answer",
        EndReason.Cancelled => "cancelled",
        EndReason.Failed => "failed",
        EndReason.TurnLimit => "ended: limit on turns",
        EndReason.CallLimit => "ended: limit on tool calls",
        EndReason.ImageLimit => "ended: limit on images",
        EndReason.TokenLimit => "ended: limit on tokens",
        _ => "ended: limit on time",
    };
}
