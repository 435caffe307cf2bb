using System.Numerics.Tensors;

namespace Pixelis.Generation.Sampling;

/// <summary>Stable reductions over one row of logits.</summary>
internal static class LogSoftmax
{
    private const int Block = 1024;

    /// <summary>
    /// log(sum(exp(logits))) with the maximum taken out; blocks are summed in float32, the blocks' sums in float64, so that a
    /// vocabulary of 150 thousand entries costs no digits.
    /// </summary>
    public static double LogSumExp(ReadOnlySpan<float> logits)
    {
        float max = TensorPrimitives.Max(logits);
        if (float.IsNegativeInfinity(max))
            return double.NegativeInfinity;
        Span<float> block = stackalloc float[Block];
        double sum = 0;
        for (int start = 0; start < logits.Length; start += Block)
        {
            ReadOnlySpan<float> part = logits[start..Math.Min(start + Block, logits.Length)];
            Span<float> shifted = block[..part.Length];
            TensorPrimitives.Subtract(part, max, shifted);
            TensorPrimitives.Exp(shifted, shifted);
            sum += TensorPrimitives.Sum<float>(shifted);
        }
        return max + Math.Log(sum);
    }

    /// <summary>Writes exp(logit - max) of every token and returns their sum; masked tokens (minus infinity) get 0.</summary>
    public static double Weights(ReadOnlySpan<float> logits, Span<float> weights)
    {
        float max = TensorPrimitives.Max(logits);
        TensorPrimitives.Subtract(logits, max, weights);
        TensorPrimitives.Exp(weights, weights);
        double sum = 0;
        for (int start = 0; start < weights.Length; start += Block)
            sum += TensorPrimitives.Sum<float>(weights[start..Math.Min(start + Block, weights.Length)]);
        return sum;
    }
}
