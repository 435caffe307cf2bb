using Pixelis.Agents;
using Pixelis.Evaluation;
using Pixelis.Training;

namespace Pixelis.Online.Updates;

/// <summary>A canary on a held set, by the rules and in the numbers of an evaluation. The set must not be learnt from.</summary>
/// <param name="data">The held set.</param>
/// <param name="options">How episodes are run; null for the defaults, whose seed is fixed.</param>
public sealed class AgentCanary(EvaluationData data, AgentEvaluationOptions? options = null) : ICanary
{
    /// <inheritdoc />
    public string Name => FormattableString.Invariant($"{data.Fingerprint}, {data.Count} of {data.Selection}, seed {options?.Seed ?? 0}");

    /// <inheritdoc />
    public async Task<CanaryScore> MeasureAsync(PixelisAgent agent, CancellationToken cancellationToken)
    {
        AgentScore score = await new AgentEvaluator(agent, data, options, samples: 0).EvaluateAsync(0, cancellationToken).ConfigureAwait(false);
        return new CanaryScore(score.Accuracy, score.Count);
    }
}
