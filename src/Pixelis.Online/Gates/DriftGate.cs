namespace Pixelis.Online;

/// <summary>
/// Stops learning while requests or answers are unlike those of the reference window: what is learnt then is about another world, or comes
/// from a policy that is going wrong.
/// </summary>
/// <param name="threshold">
/// Most drift, above 1. Whatever the spread of the signal, chance exceeds x with at most P(χ² of one degree > x): 10.8 one time in a
/// thousand, 15.1 one in ten thousand, a check. Default 15.1.
/// </param>
internal sealed class DriftGate(double threshold = 15.1) : IGate
{
    private readonly double _threshold = threshold > 1
        ? threshold
        : throw new ArgumentOutOfRangeException(nameof(threshold), threshold, "Above 1 was expected, which is the drift of a stream that does not change.");

    /// <inheritdoc />
    public string Name => "drift";

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Drift is not { IsMeasured: true } drift)
            return Gate.Passed(this, double.NaN, _threshold, $"not measured yet");
        double most = drift.Largest;
        string signal = most == drift.Embeddings ? "requests" : most == drift.Answers ? "answers" : "confidence";
        return most <= _threshold
            ? Gate.Passed(this, most, _threshold, $"{signal} drift most, {most:0.##} of at most {_threshold:0.##}")
            : Gate.Blocked(this, most, _threshold, $"{signal} drifted: {most:0.##}, more than {_threshold:0.##}");
    }
}
