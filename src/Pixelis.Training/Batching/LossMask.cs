using Pixelis.Generation;
using Pixelis.Modeling;

namespace Pixelis.Training;

/// <summary>What of a conversation is learnt.</summary>
public static class LossMask
{
    /// <summary>
    /// Weights of tokens: <paramref name="weight"/> for every sampled token of a turn that is learnt, 0 for everything else. Injected tokens
    /// (template, questions, what tools returned) are 0 whatever the flags say.
    /// </summary>
    /// <param name="conversation">Tokens with provenance and spans.</param>
    /// <param name="learn">One flag a turn; null learns every turn.</param>
    /// <param name="weight">The weight.</param>
    /// <exception cref="ArgumentException">The flags are not one a turn.</exception>
    public static float[] Of(PreparedConversation conversation, IReadOnlyList<bool>? learn = null, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        if (learn is not null && learn.Count != conversation.Spans.Count)
            throw new ArgumentException($"{learn.Count} flags were given for {conversation.Spans.Count} turns.", nameof(learn));
        var weights = new float[conversation.Length];
        for (int turn = 0; turn < conversation.Spans.Count; turn++)
        {
            if (learn is not null && !learn[turn])
                continue;
            TokenSpan span = conversation.Spans[turn];
            for (int i = span.Start; i < span.End; i++)
            {
                if (conversation.Provenance[i] == TokenProvenance.Sampled)
                    weights[i] = (float)weight;
            }
        }

        return weights;
    }
}
