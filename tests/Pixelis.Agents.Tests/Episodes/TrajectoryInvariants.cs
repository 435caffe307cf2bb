using Pixelis.Generation;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.Episodes;

/// <summary>What holds of every trajectory, however the episode went.</summary>
internal static class TrajectoryInvariants
{
    public static void Check(Trajectory t, AgentLimits limits)
    {
        Assert.Equal(t.TokenIds.Count, t.Provenance.Count);
        Assert.Equal(t.TokenIds.Count, t.LogProbabilities.Count);
        CheckSpans(t);
        CheckInputs(t, limits);
        CheckCalls(t, limits);
        Assert.InRange(t.Turns.Count(u => u.Role == Role.Assistant), 0, limits.MaxTurns);
        string line = TrajectoryJson.ToLine(t);
        Trajectory read = TrajectoryJson.Parse(line);
        Assert.Equal(line, TrajectoryJson.ToLine(read));
        Assert.Equal(t.Question, read.Question);
        Assert.Equal(t.Answer, read.Answer);
        Assert.True(t.LogProbabilities.Select(BitConverter.SingleToInt32Bits).SequenceEqual(read.LogProbabilities.Select(BitConverter.SingleToInt32Bits)));
        Assert.True(t.TokenIds.SequenceEqual(read.TokenIds) && t.Provenance.SequenceEqual(read.Provenance));
        Assert.Equal(t.Turns.Select(u => u.Text), read.Turns.Select(u => u.Text));
        Assert.True(t.Turns.SelectMany(u => u.TokenTexts).SequenceEqual(read.Turns.SelectMany(u => u.TokenTexts)));
        Assert.Equal(t.Turns.SelectMany(u => u.Invocations).Select(i => i.ResultText), read.Turns.SelectMany(u => u.Invocations).Select(i => i.ResultText));
    }

    // Turns follow each other without overlap; between them stand only the words that open a turn of the model.
    private static void CheckSpans(Trajectory t)
    {
        int end = 0;
        foreach (TrajectoryTurn turn in t.Turns)
        {
            Assert.True(turn.TokenStart >= end);
            Assert.True(turn.Role == Role.Assistant || turn.TokenStart == end);
            Assert.True(AllAre(t, TokenProvenance.Injected, end, turn.TokenStart));
            TokenProvenance whole = turn.Role == Role.Assistant ? TokenProvenance.Sampled : TokenProvenance.Injected;
            Assert.True(AllAre(t, whole, turn.TokenStart, turn.TokenStart + turn.TokenCount));
            end = turn.TokenStart + turn.TokenCount;
        }
        Assert.Equal(t.TokenIds.Count, end);
    }

    private static bool AllAre(Trajectory t, TokenProvenance provenance, int start, int end)
    {
        while (start < end && t.Provenance[start] == provenance)
            start++;
        return start == end;
    }

    private static void CheckInputs(Trajectory t, AgentLimits limits)
    {
        Assert.InRange(t.Inputs.Count, 0, limits.MaxImages);
        Assert.Equal(Enumerable.Range(1, t.Inputs.Count), t.Inputs.Select(i => i.Number));
        int[] shown = [.. t.Turns.SelectMany(u => u.InputNumbers)];
        Assert.Equal(Enumerable.Range(1, shown.Length), shown);
        if (t.EndReason is EndReason.Answered or EndReason.TurnLimit or EndReason.CallLimit)
            Assert.Equal(t.Inputs.Count, shown.Length);
        foreach (TrajectoryTurn turn in t.Turns)
        {
            Assert.Equal(turn.InputNumbers.Count, turn.InputPositions.Count);
            Assert.All(turn.InputPositions, p => Assert.InRange(p, 0, turn.Text.Length));
        }
    }

    private static void CheckCalls(Trajectory t, AgentLimits limits)
    {
        int calls = 0;
        foreach (TrajectoryTurn turn in t.Turns)
        {
            Assert.InRange(turn.Invocations.Count, 0, limits.MaxToolCallsPerTurn + 1); // one more says that the others were not run
            calls += Math.Min(turn.Invocations.Count, limits.MaxToolCallsPerTurn);
            Assert.All(turn.Invocations, i => Assert.InRange(i.ResultText.Length, 0, limits.MaxObservationLength + 60));
        }
        Assert.InRange(calls, 0, limits.MaxToolCalls);
    }
}
