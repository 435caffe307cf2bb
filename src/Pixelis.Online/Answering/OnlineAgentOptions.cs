namespace Pixelis.Online;

/// <summary>How requests are answered with memory, and what becomes of them. Numbers are checked when the agent is made.</summary>
internal sealed record OnlineAgentOptions
{
    /// <summary>What may be done. Default <see cref="OnlineMode.Learning"/>.</summary>
    public OnlineMode Mode { get; init; } = OnlineMode.Learning;

    /// <summary>
    /// Episodes sampled for a request, at least 1. Default 4. One is plain serving, drawn as the agent is set; several are drawn at
    /// <see cref="Temperature"/> from the model's whole distribution, so that they can be compared and learnt from.
    /// </summary>
    public int Episodes { get; init; } = 4;

    /// <summary>Temperature of several episodes, above 0. Default 1: the distribution whose log-probabilities are recorded.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Neighbours that vote at most, at least 0. Default 5.</summary>
    public int Neighbors { get; init; } = 5;

    /// <summary>Experiences of a tenant from which on neighbours vote and anything is learnt, at least 0. Default 100.</summary>
    public long ColdStart { get; init; } = 100;

    /// <summary>How votes are counted. Default <see cref="WeightedVote"/>.</summary>
    public IVotingRule Voting { get; init; } = new WeightedVote();

    /// <summary>What must be so for an answer to be learnt from; cold start, and the gates of the agent itself, come on top. Default as <see cref="GateChain.Default"/>.</summary>
    public GateChain Gates { get; init; } = new([new ConfidenceGate(), new MajorityGate(), new NoveltyGate(), new RateGate(), new DriftGate()]);

    /// <summary>Confidence from which on what won is kept as a label, 0 to 1; below, nobody knows. Default 0.7.</summary>
    public double LabelConfidence { get; init; } = 0.7;

    /// <summary>Which answers go to a person.</summary>
    public ReviewSampling Review { get; init; } = new();

    /// <summary>
    /// Whether a full queue of updates holds the answer up, as is right for a stream that is read, or whether the answer is then not learnt
    /// from. Default false.
    /// </summary>
    public bool WaitsForLearning { get; init; }

    /// <summary>How long any part of the memory may take before the answer is given without it, above zero. Default 5 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        Require(Enum.IsDefined(Mode), nameof(Mode), Mode, "Learning, ReadOnly or Shadow");
        Require(Episodes >= 1, nameof(Episodes), Episodes, "at least 1");
        Require(Temperature > 0 && double.IsFinite(Temperature), nameof(Temperature), Temperature, "a number above 0");
        Require(Neighbors >= 0, nameof(Neighbors), Neighbors, "at least 0");
        Require(ColdStart >= 0, nameof(ColdStart), ColdStart, "at least 0");
        Require(LabelConfidence is >= 0 and <= 1, nameof(LabelConfidence), LabelConfidence, "0 to 1");
        Require(Patience > TimeSpan.Zero, nameof(Patience), Patience, "a time above zero");
    }

    private static void Require(bool holds, string name, object value, string expected)
    {
        if (!holds)
            throw new PixelisException(FormattableString.Invariant($"{name} is {value}; {expected} was expected."));
    }
}
