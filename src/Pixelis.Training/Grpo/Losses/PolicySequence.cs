using Pixelis.Generation;
using Pixelis.Modeling;

namespace Pixelis.Training.Grpo;

/// <summary>A sampled trajectory as the policy loss reads it. Plain memory; every list holds one number a sampled token, in order.</summary>
public sealed record PolicySequence
{
    /// <summary>Every token, with provenance, and the pictures. Only sampled tokens count anywhere.</summary>
    public required PreparedConversation Conversation { get; init; }

    /// <summary>Recorded when the tokens were sampled.</summary>
    public required IReadOnlyList<float> BehaviorLogProbs { get; init; }

    /// <summary>Reward less its baseline.</summary>
    public double Advantage { get; init; }

    /// <summary>Computed by <see cref="TokenScorer"/> before the first step on the batch; null: <see cref="BehaviorLogProbs"/> stand for them.</summary>
    public IReadOnlyList<float>? OldLogProbs { get; init; }

    /// <summary>Computed by <see cref="TokenScorer"/> under <see cref="ReferencePolicy.Use"/>; null without a reference.</summary>
    public IReadOnlyList<float>? ReferenceLogProbs { get; init; }

    /// <summary>Whether nothing of it counts, as for one that was cut off at a limit (<see cref="GrpoObjective.MasksTruncated"/>).</summary>
    public bool IsMasked { get; init; }

    /// <summary>Tokens that count: the sampled ones, or none when masked.</summary>
    public int CountedTokens => IsMasked ? 0 : BehaviorLogProbs.Count;

    /// <summary>Weights for <see cref="ConversationCollator"/>: 1 for a token that counts, else 0.</summary>
    public float[] Weights => IsMasked ? new float[Conversation.Length] : ConversationCollator.SampledWeights(Conversation);

    /// <summary>Makes a sequence of a trajectory's log-probabilities.</summary>
    /// <param name="conversation">The prepared trajectory.</param>
    /// <param name="logProbabilities">One a token of the conversation, as in <c>Trajectory.LogProbabilities</c>; those of injected tokens are not read.</param>
    /// <exception cref="ArgumentException">The counts differ: the conversation was not prepared from the recorded tokens.</exception>
    public static PolicySequence Of(PreparedConversation conversation, IReadOnlyList<float> logProbabilities)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        ArgumentNullException.ThrowIfNull(logProbabilities);
        if (logProbabilities.Count != conversation.Length)
        {
            throw new ArgumentException(
                $"{logProbabilities.Count} log-probabilities were recorded for a conversation of {conversation.Length} tokens. Prepare it from the recorded token ids (ConversationTurn.TokenIds): text that is tokenised again may fall apart differently.",
                nameof(logProbabilities));
        }

        return new PolicySequence
        {
            Conversation = conversation,
            BehaviorLogProbs = [.. logProbabilities.Where((_, i) => conversation.Provenance[i] == TokenProvenance.Sampled)],
        };
    }
}
