using Pixelis.Trajectories;

namespace Pixelis.Data;

/// <summary>The checks of a trace that need no tool.</summary>
internal static class TraceChecks
{
    private const int LongestQuestion = 2_000;
    private const int MostTurns = 60;

    public static void Schema(TrainingTrace trace, List<TraceProblem> problems)
    {
        Trajectory t = trace.Trajectory;
        int assistants = t.Turns.Count(turn => turn.Role == Role.Assistant);
        Require(trace.Example.Question.Length is >= 3 and <= LongestQuestion, "example.question", $"has {trace.Example.Question.Length} characters; expected 3 to {LongestQuestion}.");
        Require(trace.Example.Answer.Length > 0, "example.answer", "is empty.");
        Require(trace.Provenance.Length > 0, "provenance", "is empty; it must say how the trace was made.");
        Require(trace.License.Length > 0, "license", "is empty; write 'unknown' where it is not known.");
        Require(t.Turns.Count is >= 2 and <= MostTurns, "trajectory.turns", $"there are {t.Turns.Count}; expected 2 to {MostTurns}.");
        Require(t.Turns.Count == 0 || t.Turns[^1].Role == Role.Assistant, "trajectory.turns", "the last turn is not the model's.");
        Require(trace.Loss.Count == assistants, "loss", $"has {trace.Loss.Count} flags; there are {assistants} assistant turns.");
        bool taught = trace.Loss.Any(l => l);
        Require(taught == (trace.Kind != TraceKind.OutcomeNegative), "loss", taught ? "an outcome-negative trace has no targets." : "no turn is a target.");
        Require(double.IsFinite(trace.Weight) && trace.Weight >= 0, "weight", $"is {trace.Weight}; expected a number that is not negative.");
        for (int i = 1; i < t.Turns.Count; i++)
            Require(t.Turns[i].Role == Role.Assistant != (t.Turns[i - 1].Role == Role.Assistant), $"trajectory.turns[{i}]", "the model's turns and the others do not alternate.");

        void Require(bool holds, string field, string message)
        {
            if (!holds)
                problems.Add(TraceValidator.Problem(trace, "schema", field, message));
        }
    }

    public static void Actions(TrainingTrace trace, List<TraceProblem> problems)
    {
        for (int i = 0; i < trace.Trajectory.Turns.Count; i++)
        {
            TrajectoryTurn turn = trace.Trajectory.Turns[i];
            if (turn.Role != Role.Assistant)
                continue;
            int written = WrittenCalls.Count(turn.Text);
            if (written != turn.Invocations.Count)
                problems.Add(TraceValidator.Problem(trace, "actions", $"trajectory.turns[{i}]", $"the text holds {written} calls; {turn.Invocations.Count} were recorded."));
            foreach (ToolInvocation invocation in turn.Invocations)
            {
                if (!TraceFactory.ToolNames.Contains(invocation.Call.Name, StringComparer.Ordinal) && !invocation.IsError)
                    problems.Add(TraceValidator.Problem(trace, "actions", $"trajectory.turns[{i}]", $"there is no tool '{invocation.Call.Name}'; tools are {string.Join(", ", TraceFactory.ToolNames)}."));
            }
        }
    }

    public static void Answer(TrainingTrace trace, List<TraceProblem> problems)
    {
        Trajectory t = trace.Trajectory;
        if (t.EndReason != EndReason.Answered || t.Answer is not { Length: > 0 } answer)
        {
            problems.Add(TraceValidator.Problem(trace, "answer", "trajectory.answer", $"the episode ended with '{t.EndReason}' and without an answer."));
            return;
        }
        bool right = string.Equals(answer, trace.Example.Answer, StringComparison.OrdinalIgnoreCase);
        if (right != (trace.Kind != TraceKind.OutcomeNegative))
        {
            string expected = trace.Kind == TraceKind.OutcomeNegative ? "another answer, the trace being outcome-negative" : $"'{trace.Example.Answer}'";
            problems.Add(TraceValidator.Problem(trace, "answer", "trajectory.answer", $"is '{answer}'; expected {expected}."));
        }
        if (!t.Turns[^1].Text.Contains(answer, StringComparison.Ordinal))
            problems.Add(TraceValidator.Problem(trace, "answer", "trajectory.answer", $"'{answer}' does not stand in the last turn."));
    }
}
