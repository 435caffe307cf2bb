using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>Changes to episodes, as a policy that learns to please a reward would make them. Token ids are not kept up.</summary>
internal static class EpisodeEdit
{
    /// <summary>Puts calls, a turn each, after all others.</summary>
    public static Trajectory WithCalls(this Trajectory trajectory, params IEnumerable<ToolInvocation> calls)
    {
        IReadOnlyList<int> turns = EpisodeReader.ModelTurns(trajectory);
        int place = turns is [.., var last] && trajectory.Turns[last].Invocations.Count == 0 ? last : trajectory.Turns.Count;
        IEnumerable<TrajectoryTurn> added = calls.SelectMany(call => new[]
        {
            new TrajectoryTurn { Role = Role.Assistant, Text = "", Invocations = [call] },
            new TrajectoryTurn { Role = Role.Tool, Text = call.ResultText },
        });
        return trajectory with { Turns = [.. trajectory.Turns.Take(place), .. added, .. trajectory.Turns.Skip(place)] };
    }

    /// <summary>Leaves out every turn that called, and what it was shown.</summary>
    public static Trajectory WithoutCalls(this Trajectory trajectory)
    {
        HashSet<int> calling = [.. EpisodeReader.ModelTurns(trajectory).Where(t => trajectory.Turns[t].Invocations.Count > 0)];
        return trajectory with { Turns = [.. trajectory.Turns.Where((turn, i) => !calling.Contains(i) && !(calling.Contains(i - 1) && turn.Role != Role.Assistant))] };
    }

    /// <summary>Gives another answer, in the words of the old one where its last turn holds it.</summary>
    public static Trajectory WithAnswer(this Trajectory trajectory, string answer)
    {
        IReadOnlyList<int> turns = EpisodeReader.ModelTurns(trajectory);
        if (turns is not [.., var last])
            return trajectory with { Answer = answer };
        string text = trajectory.Turns[last].Text, old = trajectory.Answer ?? "";
        text = old.Length > 0 && text.Contains(old, StringComparison.Ordinal) ? text.Replace(old, answer, StringComparison.Ordinal) : answer;
        return trajectory with { Answer = answer, Turns = [.. trajectory.Turns.Select((turn, i) => i == last ? turn with { Text = text } : turn)] };
    }

    /// <summary>Writes more before every turn: inside the thoughts where it marks them.</summary>
    public static Trajectory WithThoughts(this Trajectory trajectory, string thought)
    {
        const string open = "<think>";
        HashSet<int> turns = [.. EpisodeReader.ModelTurns(trajectory)];
        return trajectory with { Turns = [.. trajectory.Turns.Select((turn, i) => turns.Contains(i) ? turn with { Text = Padded(turn.Text) } : turn)] };

        string Padded(string text) => text.TrimStart().StartsWith(open, StringComparison.Ordinal) ? open + thought + text.TrimStart()[open.Length..] : thought + text;
    }

    /// <summary>The same call with every place moved a little; a call whose arguments cannot be changed stays as it is.</summary>
    public static ToolInvocation Moved(this ToolInvocation invocation)
    {
        try
        {
            JsonNode? arguments = JsonNode.Parse(invocation.Call.Arguments.GetRawText());
            Move(arguments);
            return invocation with { Call = invocation.Call with { Arguments = JsonSerializer.SerializeToElement(arguments) } };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or JsonException)
        {
            return invocation; // no arguments, a name written twice, half a surrogate pair, a number beyond all numbers
        }
    }

    // Whole numbers of objects, frames and pictures stay: moving those would be another call, not the same once more.
    private static void Move(JsonNode? node)
    {
        if (node is JsonArray { Count: 2 or 4 } place && place.All(n => n?.GetValueKind() == JsonValueKind.Number))
        {
            for (int i = 0; i < place.Count; i++)
                place[i] = place[i]!.GetValue<double>() + (Math.Abs(place[i]!.GetValue<double>()) <= 1 ? 0.001 : 1);
        }
        else if (node is JsonObject members)
        {
            foreach (JsonNode? member in members.Select(m => m.Value))
                Move(member);
        }
    }
}
