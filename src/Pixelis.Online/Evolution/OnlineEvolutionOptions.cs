using Pixelis.Online.Alerts;
using Pixelis.Online.Privacy;
using Pixelis.Online.Updates;
using Pixelis.Rewards;

namespace Pixelis.Online;

/// <summary>
/// The settings of an agent that remembers, votes and learns while it serves, from configuration, from code, or both. <see cref="Validate"/> checks all
/// of them before anything is made.
/// </summary>
public sealed class OnlineEvolutionOptions
{
    /// <summary>Where memory, versions, reviews and the audit log are kept (<see cref="OnlineFolder"/>); made when absent. Needed.</summary>
    public string? Folder { get; set; }

    /// <summary>What may be done. Default <see cref="OnlineMode.Learning"/>.</summary>
    public OnlineMode Mode { get; set; }

    /// <summary>Episodes sampled for a request. Default 4; 1 is plain serving, from which <see cref="ObjectiveKind.Ttrl"/> cannot learn.</summary>
    public int Episodes { get; set; } = 4;

    /// <summary>Temperature of several episodes, above 0. Default 1.</summary>
    public double Temperature { get; set; } = 1;

    /// <summary>Neighbours that vote at most. Default 5; 0 for none: then nothing is looked up, and novelty is no gate.</summary>
    public int Neighbors { get; set; } = 5;

    /// <summary>How votes are counted. Default weighted.</summary>
    public VotingRuleKind Voting { get; set; } = VotingRuleKind.Weighted;

    /// <summary>Cosine up to which a neighbour has no vote, -1 to below 1. Default 0.5.</summary>
    public double SimilarityFloor { get; set; } = 0.5;

    /// <summary>Experiences of a tenant from which on neighbours vote and anything is learnt. Default 100.</summary>
    public long ColdStart { get; set; } = 100;

    /// <summary>Confidence from which on a vote is a label, and may be learnt from, 0 to 1. Default 0.7.</summary>
    public double Confidence { get; set; } = 0.7;

    /// <summary>How likely a majority by guessing may be, above 0 and below 0.5 (<see cref="MajorityGate"/>). Default 0.05.</summary>
    public double MajorityRisk { get; set; } = 0.05;

    /// <summary>The least share of the majority, 0 to 1. Default 0.5.</summary>
    public double MajorityShare { get; set; } = 0.5;

    /// <summary>Cosine to something learnt from which on a request is learnt already. Default 0.995, at most 1.</summary>
    public double KnownSimilarity { get; set; } = 0.995;

    /// <summary>Cosine to the nearest experience below which a request is unlike any. Default 0.2.</summary>
    public double StrangeSimilarity { get; set; } = 0.2;

    /// <summary>Most updates begun in a minute, at least 1. Default 60.</summary>
    public int UpdatesPerMinute { get; set; } = 60;

    /// <summary>Drift above which nothing is learnt, above 1 (<see cref="DriftGate"/>). Default 15.1.</summary>
    public double DriftLimit { get; set; } = 15.1;

    /// <summary>Share of the answers that go to a person, 0 to 1. Default 0.02.</summary>
    public double ReviewShare { get; set; } = 0.02;

    /// <summary>Whether every split vote goes to a person. Default false.</summary>
    public bool ReviewsSplitVotes { get; set; }

    /// <summary>Most experiences. Default 100,000.</summary>
    public int Capacity { get; set; } = 100_000;

    /// <summary>How long an experience is kept. Default 90 days; zero or less for ever.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Most updates that wait, at least 1. Default 256.</summary>
    public int QueueCapacity { get; set; } = 256;

    /// <summary>Whether a full queue holds requests up, as for a stream that is read. Default false.</summary>
    public bool WaitsForLearning { get; set; }

    /// <summary>What an update makes likelier. Default TTRL's.</summary>
    public ObjectiveKind Objective { get; set; }

    /// <summary>Rank of the adapter that learns, at least 1. Default 16. 0 learns whole weights, which takes a copy of the model for each of four parts.</summary>
    public int LoraRank { get; set; } = 16;

    /// <summary>Highest learning rate of the schedule by confidence (<see cref="LearningRatePolicy.ByConfidence"/>), above 0. Default 1e-4.</summary>
    public double HighestLearningRate { get; set; } = 1e-4;

    /// <summary>Lowest learning rate of it. Default 1e-6.</summary>
    public double LowestLearningRate { get; set; } = 1e-6;

    /// <summary>
    /// Another schedule, such as <see cref="LearningRatePolicy.Ttrl"/>, in the place of the two rates above. Set in code; null (default) for the schedule by confidence.
    /// Updates are counted from the start of the process.
    /// </summary>
    public ILearningRatePolicy? LearningRates { get; set; }

    /// <summary>Updates after which a version is made, tried and published, at least 1. Default 100.</summary>
    public int PublishEvery { get; set; } = 100;

    /// <summary>Limits of divergence, and the average that is served.</summary>
    public UpdateSafetyOptions Safety { get; set; } = new();

    /// <summary>How much worse than the best version before it a version may be on the canary, 0 to 1. Default 0.02.</summary>
    public double CanaryMargin { get; set; } = 0.02;

    /// <summary>What personal data are taken out of what is kept.</summary>
    public PiiOptions Privacy { get; set; } = new();

    /// <summary>Key of hashes of people and placeholders; null (default) for <c>keys/privacy.key</c> in the folder. One that is absent is made.</summary>
    public string? PrivacyKeyFile { get; set; }

    /// <summary>
    /// Key of the audit log; null (default) for <c>keys/audit.key</c> in the folder. One that is absent is made. Whoever can read the key and the log can
    /// forge the log: where that matters, keep the key elsewhere.
    /// </summary>
    public string? AuditKeyFile { get; set; }

    /// <summary>How sure a user's feedback is, at least 0 and below 1. Default 0.8; a reviewer's word is 1.</summary>
    public double FeedbackConfidence { get; set; } = 0.8;

    /// <summary>How long any part of the memory may take before an answer is given without it. Default 5 seconds.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Seed of the adapter's beginning. Default 0.</summary>
    public ulong Seed { get; set; }

    /// <summary>Tries versions before they are published. Set in code; null (default): every version is published.</summary>
    public ICanary? Canary { get; set; }

    /// <summary>Rewards beside agreement with the label, for <see cref="ObjectiveKind.Ttrl"/>. Set in code; null (default) for none.</summary>
    public CompositeReward? Rewards { get; set; }

    /// <summary>Who is told of alerts, beside the log. Set in code.</summary>
    public IList<IAlertSink> AlertSinks { get; } = [];

    /// <summary>The clock. Set in code; null (default) for the system's.</summary>
    public TimeProvider? TimeProvider { get; set; }

    internal OnlineFolder Places => new(Path.GetFullPath(Folder!));

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is missing or out of range; the message names it and says what is expected.</exception>
    public void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw new PixelisException($"{nameof(Folder)} is not set. Set it to a folder for memory, versions and audit log; it is made when absent.");
        if (!Enum.IsDefined(Voting) || !Enum.IsDefined(Objective))
            throw new PixelisException($"{nameof(Voting)} is {Voting} and {nameof(Objective)} is {Objective}; known names were expected.");
        if (Objective == ObjectiveKind.Ttrl && OnlinePermissions.Of(Mode).Learns && Episodes < 2)
            throw new PixelisException($"{nameof(Episodes)} is {Episodes}, and TTRL compares the episodes of a request. Set it to 2 or more, or {nameof(Objective)} to {ObjectiveKind.WeightedSft}, or {nameof(Mode)} to {OnlineMode.ReadOnly} or {OnlineMode.Remembering}.");
        if (Rewards is not null && Objective != ObjectiveKind.Ttrl)
            throw new PixelisException($"{nameof(Rewards)} are set, and {Objective} has no use for them. Set {nameof(Objective)} to {ObjectiveKind.Ttrl}, or leave them out.");
        Require(LoraRank >= 0, nameof(LoraRank), LoraRank, "at least 1, or 0 for whole weights");
        Require(Capacity >= 1, nameof(Capacity), Capacity, "at least 1");
        Require(QueueCapacity >= 1, nameof(QueueCapacity), QueueCapacity, "at least 1");
        Require(UpdatesPerMinute >= 1, nameof(UpdatesPerMinute), UpdatesPerMinute, "at least 1");
        Require(Confidence is >= 0 and <= 1, nameof(Confidence), Confidence, "0 to 1");
        Require(SimilarityFloor is >= -1 and < 1, nameof(SimilarityFloor), SimilarityFloor, "-1 to below 1");
        Require(MajorityRisk is > 0 and < 0.5, nameof(MajorityRisk), MajorityRisk, "above 0 and below 0.5");
        Require(MajorityShare is >= 0 and <= 1, nameof(MajorityShare), MajorityShare, "0 to 1");
        Require(StrangeSimilarity is >= -1 and < 1, nameof(StrangeSimilarity), StrangeSimilarity, "-1 to below 1");
        Require(KnownSimilarity > StrangeSimilarity && KnownSimilarity <= 1, nameof(KnownSimilarity), KnownSimilarity, $"above {nameof(StrangeSimilarity)} and at most 1");
        Require(DriftLimit > 1, nameof(DriftLimit), DriftLimit, "above 1");
        Require(ReviewShare is >= 0 and <= 1, nameof(ReviewShare), ReviewShare, "0 to 1");
        Require(HighestLearningRate > 0 && double.IsFinite(HighestLearningRate), nameof(HighestLearningRate), HighestLearningRate, "above 0");
        Require(LowestLearningRate > 0 && LowestLearningRate <= HighestLearningRate, nameof(LowestLearningRate), LowestLearningRate, $"above 0 and at most {nameof(HighestLearningRate)}");
        Require(FeedbackConfidence is >= 0 and < 1, nameof(FeedbackConfidence), FeedbackConfidence, "at least 0 and below 1");
        ToAgentOptions().Validate();
        ToUpdateOptions().Validate();
    }

    internal OnlineAgentOptions ToAgentOptions() => new()
    {
        Mode = Mode, Episodes = Episodes, Temperature = Temperature, Neighbors = Neighbors, ColdStart = ColdStart, LabelConfidence = Confidence,
        WaitsForLearning = WaitsForLearning, Patience = Patience,
        Voting = ToRule(),
        Gates = new GateChain(
        [
            new ConfidenceGate(Confidence), new MajorityGate(MajorityRisk, MajorityShare),
            .. Neighbors == 0 ? (IGate[])[] : [new NoveltyGate(KnownSimilarity, StrangeSimilarity)],
            new RateGate(UpdatesPerMinute), new DriftGate(DriftLimit),
        ]),
        Review = new ReviewSampling { Share = ReviewShare, AlwaysWhenSplit = ReviewsSplitVotes },
    };

    internal UpdateOptions ToUpdateOptions() => new() { Mode = Mode, Safety = Safety, PublishEvery = PublishEvery, CanaryMargin = CanaryMargin };

    internal ILearningRatePolicy ToLearningRates() => LearningRates ?? LearningRatePolicy.ByConfidence(HighestLearningRate, LowestLearningRate);

    private IVotingRule ToRule()
    {
        var weights = new VoteWeights { SimilarityFloor = SimilarityFloor };
        return Voting switch
        {
            VotingRuleKind.Majority => new MajorityVote(weights),
            VotingRuleKind.Weighted => new WeightedVote(weights),
            _ => new EnsembleVote([new MajorityVote(weights), new WeightedVote(weights)]),
        };
    }

    private static void Require(bool holds, string name, object value, string expected)
    {
        if (!holds)
            throw new PixelisException(FormattableString.Invariant($"{name} is {value}; {expected} was expected."));
    }
}
