using Pixelis.Rewards;

namespace Pixelis.Online.State;

/// <summary>An update of the policy, or one that was not made.</summary>
public sealed record UpdateState
{
    /// <summary>When it ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it ended.</summary>
    public required UpdateOutcome Outcome { get; init; }

    /// <summary>Traces of the answers it learnt from.</summary>
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>The version it went into; null for none yet.</summary>
    public string? Version { get; init; }

    /// <summary>What its episodes were worth on average: total and terms; null when nothing was measured.</summary>
    public RewardBreakdown? Reward { get; init; }

    /// <summary>KL a token, old policy to new, nats; null when it was not measured.</summary>
    public double? Kl { get; init; }

    /// <summary>The learning rate it was made with; null when none was made.</summary>
    public double? LearningRate { get; init; }

    /// <summary>Why it ended so, as a sentence without content; empty when there is nothing to say.</summary>
    public string Reason { get; init; } = "";
}
