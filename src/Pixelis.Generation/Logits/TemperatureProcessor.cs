using System.Numerics.Tensors;

namespace Pixelis.Generation.Logits;

/// <summary>Divides every logit by the temperature, which is greater than 0.</summary>
internal sealed class TemperatureProcessor(double temperature) : ILogitsProcessor
{
    private readonly float _temperature = Math.Max((float)temperature, float.Epsilon);

    /// <inheritdoc />
    public void Process(Span<float> logits, TokenHistory history)
    {
        // The largest logit is taken out first: a tiny temperature must not push the row to infinity.
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max<float>(logits), logits);
        TensorPrimitives.Divide(logits, _temperature, logits);
        for (int token = logits.IndexOf(float.NaN); token >= 0; token = logits.IndexOf(float.NaN))
            logits[token] = float.NegativeInfinity;
    }
}
