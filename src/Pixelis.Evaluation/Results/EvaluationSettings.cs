using Pixelis.Agents;

namespace Pixelis.Evaluation;

/// <summary>What a score depends on. A run is only taken up again, and its predictions only mixed, where all of it agrees.</summary>
public sealed record EvaluationSettings
{
    /// <summary>Model, dialect, tools, sampling, limits, pixel budget.</summary>
    public required AgentSettings Agent { get; init; }

    /// <summary>How answers come about where it is not by one episode each: votes, memory, the version that answers; null for one episode.</summary>
    public string? Answering { get; init; }

    /// <summary>Digest of the model's files; null when there are none, as with a server or the oracle.</summary>
    public string? ModelFingerprint { get; init; }

    /// <summary>Name of the data.</summary>
    public required string Data { get; init; }

    /// <summary>What the data is (<see cref="EvaluationData.Fingerprint"/>).</summary>
    public required string DataFingerprint { get; init; }

    /// <summary>Which part of the data (<see cref="EvaluationData.Selection"/>).</summary>
    public string Selection { get; init; } = "all";

    /// <summary>Seed of sampling and bootstrap.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The rules by which answers are compared.</summary>
    public string AnswerRules { get; init; } = CanonicalAnswer.Version;
}
