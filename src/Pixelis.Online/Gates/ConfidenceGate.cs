namespace Pixelis.Online;

/// <summary>Learns only from what the vote is sure of.</summary>
/// <param name="threshold">Least confidence, 0 to 1. Default 0.7.</param>
internal sealed class ConfidenceGate(double threshold = 0.7) : IGate
{
    private readonly double _threshold = Gate.Unit(threshold, nameof(threshold));

    /// <inheritdoc />
    public string Name => "confidence";

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        double confidence = input.Consensus.Confidence;
        if (input.Consensus.Answer is null)
            return Gate.Blocked(this, 0, _threshold, $"the vote gave no answer");
        return confidence >= _threshold
            ? Gate.Passed(this, confidence, _threshold, $"confidence {confidence:0.###} reaches {_threshold:0.###}")
            : Gate.Blocked(this, confidence, _threshold, $"confidence {confidence:0.###} is below {_threshold:0.###}");
    }
}
