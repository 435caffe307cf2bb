using Pixelis.Modeling;
using Pixelis.Trajectories;

namespace Pixelis.Training.Grpo;

/// <summary>
/// How far a policy is from its reference on given episodes, whatever it learnt by: the mean over sampled tokens of k3's estimate of the divergence
/// of the reference from the policy, <c>KL(reference ‖ policy)</c>. It has no bias where the reference sampled the episodes. Used by the thread
/// that trains.
/// </summary>
/// <remarks>A mean over tokens, not a sum over episodes: a limit means the same for short answers and long ones.</remarks>
internal sealed class PolicyDivergence
{
    private readonly IProcessor _processor;
    private readonly TokenScorer _scorer;

    /// <summary>Makes a measure.</summary>
    /// <param name="policy">The policy. Not owned.</param>
    /// <param name="processor">The model's processor.</param>
    /// <param name="options">Sizes and precision of the forward passes; null for the defaults.</param>
    public PolicyDivergence(TrainedPolicy policy, IProcessor processor, TokenScoringOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(processor);
        _processor = processor;
        _scorer = new TokenScorer(policy.Model, processor.PaddingToken, options, policy.Adapters);
    }

    /// <summary>Measures on episodes whose media are in memory.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="episodes">The episodes.</param>
    /// <param name="cancellationToken">Looked at between micro batches.</param>
    /// <returns>Nats a sampled token, at least 0; 0 without sampled tokens, and not a number where the model's output is none.</returns>
    /// <exception cref="PixelisException">An episode prepared again differs from its record.</exception>
    public double Measure(ReferencePolicy reference, IReadOnlyList<Trajectory> episodes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(episodes);
        PreparedConversation[] conversations = EpisodeConversation.Prepare(episodes, _processor, cancellationToken);
        IReadOnlyList<TokenScores> now = _scorer.Score(conversations, cancellationToken: cancellationToken), before;
        using (reference.Use())
            before = _scorer.Score(conversations, cancellationToken: cancellationToken);
        double sum = 0;
        long tokens = 0;
        foreach ((TokenScores policy, TokenScores anchor) in now.Zip(before))
        {
            tokens += policy.LogProbs.Count;
            sum += anchor.LogProbs.Zip(policy.LogProbs, (a, p) => KlEstimate.Of(a, p, KlForm.K3)).Sum();
        }

        return tokens == 0 ? 0 : sum / tokens;
    }
}
