using Pixelis.Data;
using Pixelis.Generation;
using Pixelis.Trajectories;

namespace Pixelis.Evaluation;

/// <summary>Makes a prediction of what an episode left behind.</summary>
internal static class PredictionReader
{
    // A model may make up any number of names; a table of tools must not grow with them.
    private const string NoTool = "(no such tool)";

    public static Prediction Of(Example example, Trajectory trajectory, IReadOnlyList<string> tools, TimeSpan duration)
    {
        ToolInvocation[] calls = [.. trajectory.Turns.SelectMany(t => t.Invocations)];
        int written = trajectory.Provenance.Count(p => p == TokenProvenance.Sampled);
        return Blank(example, duration) with
        {
            Answer = trajectory.Answer,
            Right = CanonicalAnswer.IsRight(trajectory.Answer, example.Answer),
            EndReason = trajectory.EndReason.ToString(),
            Text = trajectory.Turns.LastOrDefault(t => t.Role == Role.Assistant)?.Text ?? "",
            Calls = Count(calls, tools),
            FailedCalls = Count(calls.Where(c => c.IsError), tools),
            Turns = trajectory.Turns.Count(t => t.Role == Role.Assistant),
            TokensRead = trajectory.TokenIds.Count - written,
            TokensWritten = written,
            Error = trajectory.Error,
        };
    }

    public static Prediction OfFailure(Example example, PixelisException problem, TimeSpan duration) =>
        Blank(example, duration) with { EndReason = nameof(Trajectories.EndReason.Failed), Error = problem.Message };

    private static Prediction Blank(Example example, TimeSpan duration) => new()
    {
        Id = example.Id,
        Family = example.Family,
        Difficulty = example.Difficulty,
        Question = example.Question,
        Answer = null,
        Truth = example.Answer,
        Right = false,
        EndReason = "",
        Seconds = Math.Round(duration.TotalSeconds, 3),
        Media = [.. example.Media.Select(m => (m.Image ?? m.Clip!.Frames[0].Image).ContentHash[..16])],
    };

    private static Dictionary<string, int> Count(IEnumerable<ToolInvocation> calls, IReadOnlyList<string> tools)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ToolInvocation call in calls)
        {
            string given = call.Call.Name.Trim();
            string name = tools.FirstOrDefault(t => t.Equals(given, StringComparison.OrdinalIgnoreCase)) ?? (call.IsError ? NoTool : given.ToUpperInvariant());
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        return counts;
    }
}
