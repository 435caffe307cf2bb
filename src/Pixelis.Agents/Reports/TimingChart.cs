using System.Globalization;
using System.Text;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Where the time of an episode went: a bar for each turn of the model, the tools' share in another colour.</summary>
internal static class TimingChart
{
    public static void Append(StringBuilder page, Trajectory trajectory)
    {
        double longest = trajectory.Turns.Select(t => t.Duration.TotalSeconds).DefaultIfEmpty().Max();
        if (longest <= 0)
            return;
        page.Append("<section class=\"turn timings\"><h2>timings <small class=\"bars\"><i class=\"key model\"></i> model <i class=\"key tools\"></i> tools</small></h2><table>");
        for (int i = 0; i < trajectory.Turns.Count; i++)
        {
            if (trajectory.Turns[i].Duration > TimeSpan.Zero)
                AppendRow(page, trajectory.Turns[i], i, longest);
        }
        page.Append("</table></section>");
    }

    private static void AppendRow(StringBuilder page, TrajectoryTurn turn, int index, double longest)
    {
        // Calls of one turn may have run at the same time: their share is at most the turn's own time.
        double total = turn.Duration.TotalSeconds;
        double tools = Math.Min(total, turn.Invocations.Sum(c => c.Duration.TotalSeconds));
        string names = string.Join(", ", turn.Invocations.Select(c => $"{c.Call.Name} {HtmlText.Seconds(c.Duration)}"));
        page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"#turn{index}\">turn {index + 1}</a></td><td class=\"time\">{HtmlText.Seconds(turn.Duration)}</td>")
            .Append(CultureInfo.InvariantCulture, $"<td class=\"bars\"><i class=\"model\" style=\"width:{100 * (total - tools) / longest:0.##}%\"></i><i class=\"tools\" style=\"width:{100 * tools / longest:0.##}%\"></i></td><td>")
            .Append(HtmlText.EscapeShort(names)).Append("</td></tr>");
    }
}
