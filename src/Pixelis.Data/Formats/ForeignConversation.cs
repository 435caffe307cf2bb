using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Data.Formats;

/// <summary>Makes traces of conversations that were read from other formats.</summary>
internal static class ForeignConversation
{
    /// <summary>The trace of a conversation.</summary>
    /// <param name="id">A name that is unique in its file.</param>
    /// <param name="turns">The turns in order.</param>
    /// <param name="provenance">Where they come from.</param>
    /// <param name="license">The licence, or "unknown".</param>
    /// <param name="taught">Which assistant turns are targets where a turn does not say; by position and count.</param>
    /// <exception cref="FieldException">There is no question or no answer.</exception>
    public static TrainingTrace ToTrace(string id, IReadOnlyList<ForeignTurn> turns, string provenance, string license, Func<int, int, bool> taught)
    {
        string question = turns.FirstOrDefault(t => t.Role == Role.User)?.Text ?? throw new FieldException("conversations", "there is no question of a user.");
        ForeignTurn[] spoken = [.. turns.Where(t => t.Role == Role.Assistant)];
        if (spoken.Length == 0)
            throw new FieldException("conversations", "there is no turn of an assistant.");
        string answer = Answer(spoken[^1].Text);
        var example = new Example
        {
            Id = id, Question = question.Trim(), Answer = answer, License = license, Provenance = provenance,
            Media = [.. turns.SelectMany(t => t.Media).Select(m => new ExampleMedia { Kind = m.Kind, Path = m.Path })],
        };
        return new TrainingTrace
        {
            Example = example,
            Trajectory = new Trajectory
            {
                Id = id, Model = provenance, Question = example.Question, Answer = answer, EndReason = EndReason.Answered,
                Inputs = [.. example.Media.Select((m, i) => new TrajectoryInput
                {
                    Number = i + 1, Hash = "", Width = 0, Height = 0, SeenWidth = 0, SeenHeight = 0, Origin = "question", Path = m.Path,
                })],
                Turns = Turns(turns),
            },
            Loss = [.. spoken.Select((t, i) => t.Loss ?? taught(i, spoken.Length))],
            Provenance = provenance,
            License = license,
        };
    }

    // What a tool said is recorded with the call before it, so that its pictures are shown after its words.
    private static List<TrajectoryTurn> Turns(IReadOnlyList<ForeignTurn> turns)
    {
        var made = new List<TrajectoryTurn>(turns.Count);
        int shown = 0;
        foreach (ForeignTurn turn in turns)
        {
            int[] numbers = [.. turn.Media.Select(_ => ++shown)];
            if (turn.Role != Role.Assistant && made.Count > 0 && WrittenCalls.Read(made[^1].Text) is [.., ToolCall call])
                made[^1] = made[^1] with { Invocations = [new ToolInvocation { Call = call, ResultText = turn.Text, ImageNumbers = numbers }] };
            made.Add(new TrajectoryTurn { Role = turn.Role, Text = turn.Text, InputNumbers = numbers });
        }
        return made;
    }

    /// <summary>The content of the last <c>\boxed{...}</c> or <c>&lt;answer&gt;</c>; the whole turn where there is neither.</summary>
    internal static string Answer(string text)
    {
        const string box = "\\boxed{", open = "<answer>", close = "</answer>";
        int start = text.LastIndexOf(box, StringComparison.Ordinal);
        if (start >= 0 && text.IndexOf('}', start) is >= 0 and int end)
            return text[(start + box.Length)..end].Trim();
        int tag = text.LastIndexOf(open, StringComparison.Ordinal);
        int stop = tag < 0 ? -1 : text.IndexOf(close, tag, StringComparison.Ordinal);
        return stop < 0 ? text.Trim() : text[(tag + open.Length)..stop].Trim();
    }
}
