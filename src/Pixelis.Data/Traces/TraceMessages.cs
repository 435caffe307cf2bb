using Pixelis.Agents.Replays;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>
/// Turns a trace back into the messages its model saw, pictures between the words where they stood, so that a trainer renders them with
/// the model's own chat template.
/// </summary>
public static class TraceMessages
{
    /// <summary>The messages of a trace in order.</summary>
    /// <param name="trace">A trace whose media are in memory (see <see cref="TraceMedia"/>).</param>
    /// <exception cref="PixelisException">A picture is not in memory, or the loss flags do not fit the turns.</exception>
    public static IReadOnlyList<TraceMessage> Of(TrainingTrace trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        Trajectory trajectory = trace.Trajectory;
        int assistants = trajectory.Turns.Count(t => t.Role == Role.Assistant);
        if (trace.Loss.Count != assistants)
            throw new TrajectoryFormatException(trajectory.Id, $"'loss' has {trace.Loss.Count} flags; there are {assistants} assistant turns.");
        var messages = new List<TraceMessage>(trajectory.Turns.Count);
        int spoken = 0;
        for (int i = 0; i < trajectory.Turns.Count; i++)
        {
            TrajectoryTurn turn = trajectory.Turns[i];
            if (turn.Role == Role.Assistant)
                messages.Add(new TraceMessage(Message.Assistant(turn.Text), trace.Loss[spoken++]));
            else
                messages.Add(new TraceMessage(new Message(turn.Role, Parts(trajectory, i)), false));
        }
        return messages;
    }

    private static List<ContentPart> PartsAtPositions(Trajectory trajectory, TrajectoryTurn turn)
    {
        if (turn.InputNumbers.Count != turn.InputPositions.Count)
            throw new TrajectoryFormatException(trajectory.Id, $"a turn shows {turn.InputNumbers.Count} pictures at {turn.InputPositions.Count} positions; the two must agree.");
        return TrajectoryReplay.PartsOf(trajectory, turn, number => Part(trajectory, number));
    }

    // Of records that do not say where their pictures stood: a question shows its media first, as every dialect does. An observation shows each picture after the sentence that announces it.
    private static List<ContentPart> Parts(Trajectory trajectory, int index)
    {
        TrajectoryTurn turn = trajectory.Turns[index];
        if (turn.InputPositions.Count > 0)
            return PartsAtPositions(trajectory, turn);
        var parts = new List<ContentPart>();
        IReadOnlyList<ToolInvocation> invocations = index > 0 ? trajectory.Turns[index - 1].Invocations : [];
        if (turn.InputNumbers.Count == 0 || invocations.Count == 0)
        {
            parts.AddRange(turn.InputNumbers.Select(n => Part(trajectory, n)));
            parts.Add(new TextPart(turn.Text));
            return parts;
        }
        int read = 0;
        foreach (ToolInvocation invocation in invocations)
        {
            int end = invocation == invocations[^1] ? turn.Text.Length : EndOf(turn.Text, read, invocation);
            parts.Add(new TextPart(turn.Text[read..end]));
            parts.AddRange(invocation.ImageNumbers.Select(n => Part(trajectory, n)));
            read = end;
        }
        return parts;
    }

    // The caption of an observation is its tool's text and, in brackets, the numbers of its pictures; a line break parts it from the next.
    private static int EndOf(string text, int from, ToolInvocation invocation)
    {
        int at = text.IndexOf(invocation.ResultText, from, StringComparison.Ordinal);
        int end = at < 0 ? from : at + invocation.ResultText.Length;
        if (invocation.ImageNumbers.Count == 0 || at < 0)
            return end;
        int bracket = text.IndexOf(')', end);
        return bracket < 0 ? end : bracket + 1;
    }

    private static ContentPart Part(Trajectory trajectory, int number)
    {
        NumberedVisual? visual = trajectory.Media.FirstOrDefault(m => m.Number == number);
        return visual switch
        {
            { Image: { } image } => new ImagePart(image),
            { Clip: { } clip } => new VideoPart(clip),
            _ => throw new TrajectoryFormatException(trajectory.Id, $"picture {number} is not in memory; load the trace's media first."),
        };
    }
}
