using Pixelis.Online;
using Pixelis.Online.State;

namespace Pixelis.Serving.Live;

/// <summary>What learning while serving does, as it is written for the live page.</summary>
internal sealed record OnlineDocument(
    string Mode, string ServedVersion, long Experiences, long LearnsFrom, IReadOnlyList<AnswerStateDocument> Answers, IReadOnlyList<VersionDocument> Versions,
    IReadOnlyList<UpdateDocument> Updates, IReadOnlyList<QueueState> Queues)
{
    private const int Most = 100;

    /// <summary>What it does, and of its answers those that are shown.</summary>
    public static OnlineDocument Of(OnlineSnapshot snapshot, IReadOnlySet<string> shown) => new(
        Words.Of(snapshot.Mode), snapshot.ServedVersion, snapshot.Experiences, snapshot.LearnsFrom,
        [.. snapshot.Answers.Where(a => shown.Contains(a.TraceId)).Select(AnswerStateDocument.Of)],
        [.. snapshot.Versions.Take(Most).Select(VersionDocument.Of)], [.. snapshot.Updates.Take(Most).Select(UpdateDocument.Of)], [.. snapshot.Queues.Take(Most)]);
}

/// <summary>What became of an answer.</summary>
internal sealed record AnswerStateDocument(string TraceId, string Use, ConsensusDocument? Consensus, IReadOnlyList<GateDocument>? Gates)
{
    public static AnswerStateDocument Of(AnswerState state) => new(
        state.TraceId, Words.Of(state.Use), state.Consensus is { } consensus ? ConsensusDocument.Of(consensus) : null,
        state.Gates is { } gates ? [.. gates.Results.Select(GateDocument.Of)] : null);
}

/// <summary>What a vote came to.</summary>
internal sealed record ConsensusDocument(
    string Rule, string? Answer, double Confidence, double MajorityRatio, IReadOnlyList<TallyDocument> Tallies, IReadOnlyList<VoteDocument> Votes)
{
    private const int Most = 32;

    public static ConsensusDocument Of(ConsensusResult result) => new(
        result.Rule, result.Answer, result.Confidence, result.MajorityRatio, [.. result.Tallies.Take(Most).Select(t => new TallyDocument(t.Answer, t.Votes, t.Share))],
        [.. result.Votes.Take(Most).Select(v => new VoteDocument(Words.Of(v.Ballot.Source), v.Ballot.Number, v.Ballot.Answer, v.Weight, v.Reason))]);
}

/// <summary>What an answer got.</summary>
internal sealed record TallyDocument(string Answer, int Votes, double Share);

/// <summary>A vote and its reason.</summary>
internal sealed record VoteDocument(string Source, long Number, string? Answer, double Weight, string Reason);

/// <summary>What a gate said; numbers that there are none of are null.</summary>
internal sealed record GateDocument(string Gate, bool Passed, double? Measured, double? Threshold, string Reason)
{
    public static GateDocument Of(GateResult result) => new(result.Gate, result.Passed, Finite(result.Measured), Finite(result.Threshold), result.Reason);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A version of the policy.</summary>
internal sealed record VersionDocument(string Name, DateTimeOffset CreatedAt, string Standing, long Experiences, double? Canary, string Reason)
{
    public static VersionDocument Of(VersionState state) => new(
        state.Name, state.CreatedAt, Words.Of(state.Standing), state.Experiences, state.Canary is { } share && double.IsFinite(share) ? share : null, state.Reason);
}

/// <summary>An update of the policy.</summary>
internal sealed record UpdateDocument(
    DateTimeOffset At, string Outcome, string? Version, double? Reward, IReadOnlyDictionary<string, double>? Terms, double? Kl, double? LearningRate, string Reason)
{
    public static UpdateDocument Of(UpdateState state) => new(
        state.At, Words.Of(state.Outcome), state.Version, state.Reward?.Total, state.Reward?.Terms.GroupBy(t => t.Name).ToDictionary(g => g.Key, g => g.Sum(t => t.Value)),
        Finite(state.Kl), Finite(state.LearningRate), state.Reason);

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
