using System.Numerics.Tensors;

namespace Pixelis.Generation.Logits;

/// <summary>Masks tokens less likely than a share of the most likely one (Nguyen et al., arXiv:2407.01082).</summary>
internal sealed class MinPProcessor(double share) : ILogitsProcessor
{
    private readonly float _distance = (float)Math.Log(share);

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        float bar = TensorPrimitives.Max<float>(logits) + _distance;
        for (int token = 0; token < logits.Length; token++)
        {
            if (logits[token] < bar)
                logits[token] = float.NegativeInfinity;
        }
    }
}
