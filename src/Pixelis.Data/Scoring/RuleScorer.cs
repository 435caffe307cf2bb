using System.Text.Json;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Scores traces by rules alone: quality from 5 downwards for what a good trace does not do, difficulty as a weighted sum. Stateless.
/// </summary>
/// <remarks>
/// Difficulty after Pixelis's seed (section 6.4 of its notes): 0.30 length, 0.25 sophistication of the tools, 0.20 share of thought, 0.15
/// errors, 0.10 the task's own difficulty. Deviation: the seed's quality is a constant with random noise that drops every trap; here it is
/// counted, and a mended mistake costs nothing, because it is what such a trace is for.
/// </remarks>
public static class RuleScorer
{
    private const int LongTrace = 10;        // turns
    private const int LongThought = 600;     // characters of a turn, calls left out

    /// <summary>Scores a trace.</summary>
    public static TraceScore Score(TrainingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var remarks = new List<string>();
        double quality = 5 - Cost(trace, remarks);
        return new TraceScore(Math.Clamp(quality, 1, 5), Difficulty(trace.Trajectory, trace.Example.Difficulty), remarks);
    }

    /// <summary>The trace with its scores; the weight of traps and corrections is scaled by the square root of quality over 5.</summary>
    public static TrainingTrace Apply(TrainingTrace trace, TraceScore score)
    {
        ArgumentNullException.ThrowIfNull(trace);
        ArgumentNullException.ThrowIfNull(score);
        double weight = TraceWeights.Of(trace.Kind);
        return trace with
        {
            Quality = score.Quality,
            DifficultyScore = score.Difficulty,
            Weight = weight > 1 ? weight * Math.Sqrt(score.Quality / 5) : trace.Weight,
        };
    }

    private static double Cost(TrainingTrace trace, List<string> remarks)
    {
        double cost = 0;
        bool right = string.Equals(trace.Trajectory.Answer, trace.Example.Answer, StringComparison.OrdinalIgnoreCase);
        if (right == (trace.Kind == TraceKind.OutcomeNegative))
            Remark(4, "the answer is not what the kind of trace promises");
        TrajectoryTurn[] turns = [.. trace.Trajectory.Turns.Where(t => t.Role == Role.Assistant)];
        for (int i = 0; i < turns.Length; i++)
        {
            bool target = i < trace.Loss.Count && trace.Loss[i];
            if (target && turns[i].Invocations.Any(c => c.IsError))
                Remark(2, $"model turn {i + 1} is a target and its call failed");
            int thought = Thought(turns[i].Text).Length;
            if (target && thought == 0)
                Remark(0.5, $"model turn {i + 1} calls without a thought");
            if (thought > LongThought)
                Remark(0.5, $"model turn {i + 1} thinks for {thought} characters");
        }
        int repeated = Repeated(turns);
        if (repeated > 0)
            Remark(repeated, $"{repeated} calls repeat an earlier one");
        if (turns.Length > LongTrace)
            Remark(1, $"{turns.Length} turns");
        return cost;

        void Remark(double points, string text)
        {
            cost += points;
            remarks.Add(text);
        }
    }

    private static int Repeated(TrajectoryTurn[] turns)
    {
        string[] calls = [.. turns.SelectMany(t => t.Invocations).Select(c => c.Call.Name + JsonSerializer.Serialize(c.Call.Arguments, DataJsonContext.Default.JsonElement))];
        return calls.Length - calls.Distinct(StringComparer.Ordinal).Count();
    }

    private static double Difficulty(Trajectory trajectory, int taskDifficulty)
    {
        TrajectoryTurn[] turns = [.. trajectory.Turns.Where(t => t.Role == Role.Assistant)];
        ToolInvocation[] calls = [.. turns.SelectMany(t => t.Invocations)];
        double length = Math.Min(1, turns.Length / 8.0);
        double tools = calls.Length == 0 ? 0 : calls.Average(c => Sophistication(c.Call.Name)) / 3;
        double written = Math.Max(1, turns.Sum(t => t.Text.Length)), thinking = turns.Sum(t => Thought(t.Text).Length) / written;
        double thought = thinking is >= 0.2 and <= 0.6 ? 1 : 0.5;
        double errors = calls.Length == 0 ? 0 : (double)calls.Count(c => c.IsError) / calls.Length;
        return 0.30 * length + 0.25 * tools + 0.20 * thought + 0.15 * errors + 0.10 * taskDifficulty / 3.0;
    }

    private static double Sophistication(string tool) => tool switch
    {
        "TRACK_OBJECT" or "SEGMENT_OBJECT_AT" => 3,
        "GET_PROPERTIES" or "ZOOM_IN" or "SELECT_FRAMES" => 2,
        _ => 1,
    };

    private static string Thought(string text)
    {
        int call = text.IndexOf("<tool_call>", StringComparison.Ordinal);
        return (call < 0 ? text : text[..call]).Trim();
    }
}
