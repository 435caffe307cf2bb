using Pixelis.Agents;
using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>Runs an agent on examples and counts right answers.</summary>
/// <param name="agent">An agent whose model shares its weights with the one in training. Not owned.</param>
/// <param name="examples">What to ask.</param>
/// <param name="count">How many of them, from the first on.</param>
/// <param name="isRight">Compares an answer (null without one) with an example's; null: equal but for case, blanks and a full stop.</param>
/// <param name="samples">Episodes to keep for the report: wrong ones first. Default 8.</param>
public sealed class AgentEvaluator(
    PixelisAgent agent, IExampleSource examples, int count, Func<string?, Example, bool>? isRight = null, int samples = 8) : IAgentEvaluator
{
    /// <inheritdoc />
    public async Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken)
    {
        int number = (int)Math.Min(count, examples.Count ?? count);
        var results = new List<(Example Example, Trajectory Trajectory, bool IsRight)>(number);
        for (int i = 0; i < number; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Example example = await examples.GetAsync(i, cancellationToken);
            var request = new AgentRequest(example.Question, [.. example.Media.Select(m => m.ToPart())]);
            AgentAnswer answer = await agent.AskAsync(request, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested(); // an episode that was cancelled ends without an exception, and counts for nothing
            bool right = isRight?.Invoke(answer.Trajectory.Answer, example) ?? AnswerComparison.IsSame(answer.Trajectory.Answer, example.Answer);
            results.Add((example, answer.Trajectory, right));
        }

        return Score(results);
    }

    private AgentScore Score(List<(Example Example, Trajectory Trajectory, bool IsRight)> results)
    {
        if (results.Count == 0)
            throw new PixelisException("There are no examples to evaluate the agent on.");
        ToolInvocation[] calls = [.. results.SelectMany(r => r.Trajectory.Turns).SelectMany(t => t.Invocations)];
        return new AgentScore(results.Average(r => r.IsRight ? 1.0 : 0), results.Count)
        {
            Families = results.Where(r => r.Example.Family.Length > 0).GroupBy(r => r.Example.Family)
                .ToDictionary(g => g.Key, g => g.Average(r => r.IsRight ? 1.0 : 0)),
            Numbers = new Dictionary<string, double>
            {
                ["calls"] = calls.Length / (double)results.Count,
                ["failed_calls"] = calls.Length == 0 ? 0 : calls.Count(c => c.IsError) / (double)calls.Length,
                ["tool_rate"] = results.Average(r => r.Trajectory.Turns.Any(t => t.Invocations.Count > 0) ? 1.0 : 0),
                ["answered"] = results.Average(r => r.Trajectory.EndReason == EndReason.Answered ? 1.0 : 0),
                ["seconds"] = results.Average(r => r.Trajectory.Duration.TotalSeconds),
            },
            Samples = [.. results.OrderBy(r => r.IsRight).Take(samples).Select(r => r.Trajectory)],
        };
    }
}
