using System.Numerics.Tensors;

namespace Pixelis.Generation.Sampling;

/// <summary>Draws one token from a row of logits; see <see cref="SequenceSampler"/> for why in this way.</summary>
internal static class ExponentialRace
{
    private const int Block = 512;

    /// <summary>The token with the largest exp(logit) / E. Overwrites <paramref name="row"/>; at least one logit is finite.</summary>
    public static int Winner(Span<float> row, CounterRandom random)
    {
        LogSoftmax.Weights(row, row);
        Span<double> noise = stackalloc double[Block];
        Span<int> runners = stackalloc int[Block];
        int winner = -1, count = 0;
        double best = -1;
        for (int token = 0; token < row.Length; token++)
        {
            if (row[token] == 0)
                continue;
            noise[count] = random.Uniform((ulong)token);
            runners[count++] = token;
            if (count == Block)
            {
                Run(row, runners, noise, ref winner, ref best);
                count = 0;
            }
        }
        Run(row, runners[..count], noise[..count], ref winner, ref best);
        return winner;
    }

    private static void Run(ReadOnlySpan<float> weights, ReadOnlySpan<int> runners, Span<double> noise, ref int winner, ref double best)
    {
        TensorPrimitives.Log<double>(noise, noise); // -E
        for (int i = 0; i < runners.Length; i++)
        {
            double speed = weights[runners[i]] / -noise[i];
            if (speed > best)
                (best, winner) = (speed, runners[i]);
        }
    }
}
