using Pixelis.Agents;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>Runs an agent on examples and counts right answers, by the rules and in the numbers of <see cref="AgentEvaluation"/>.</summary>
/// <param name="agent">An agent whose model shares its weights with the one in training. Not owned.</param>
/// <param name="data">What to ask.</param>
/// <param name="options">How; null for the defaults.</param>
/// <param name="samples">Episodes to keep for the report: wrong ones first. Default 8.</param>
public sealed class AgentEvaluator(PixelisAgent agent, EvaluationData data, AgentEvaluationOptions? options = null, int samples = 8) : IAgentEvaluator
{
    private readonly AgentEvaluation _evaluation = new(agent);

    /// <inheritdoc />
    public async Task<AgentScore> EvaluateAsync(int step, CancellationToken cancellationToken)
    {
        var wrong = new List<Trajectory>(samples);
        var right = new List<Trajectory>(samples);
        IReadOnlyList<Prediction> predictions = await _evaluation.RunAsync(data, options, onEpisode: Keep, cancellationToken: cancellationToken);
        EvaluationScores scores = EvaluationScores.Of(predictions, seed: 0);
        GroupScore all = scores.All;
        return new AgentScore(all.Accuracy, all.Count)
        {
            Families = scores.Families.ToDictionary(f => f.Name, f => f.Accuracy),
            Numbers = new Dictionary<string, double>
            {
                ["calls"] = all.Calls,
                ["failed_calls"] = all.FailedCalls,
                ["tool_rate"] = all.ToolRate,
                ["answered"] = all.Answered,
                ["tokens"] = all.TokensWritten,
                ["seconds"] = all.Seconds,
            },
            Samples = [.. wrong.Concat(right).Take(samples)],
        };

        // Trajectories hold their pictures: only those that are wanted are kept.
        void Keep(EvaluatedEpisode episode)
        {
            List<Trajectory> kept = episode.Prediction.Right ? right : wrong;
            if (episode.Trajectory is { } trajectory && kept.Count < samples)
                kept.Add(trajectory);
        }
    }
}
