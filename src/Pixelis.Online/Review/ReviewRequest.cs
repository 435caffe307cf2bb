namespace Pixelis.Online;

/// <summary>What a person is asked about.</summary>
public sealed record ReviewRequest
{
    /// <summary>The experience's <see cref="Pixelis.Online.Experience.Id"/>, above 0; pictures and episodes are found by it.</summary>
    public required long Experience { get; init; }

    /// <summary>The request's name.</summary>
    public required string RequestId { get; init; }

    /// <summary>Whose request it was.</summary>
    public string Tenant { get; init; } = "default";

    /// <summary>What was asked, after redaction.</summary>
    public required string Question { get; init; }

    /// <summary>What the agent answered by itself; null for nothing.</summary>
    public string? Answer { get; init; }

    /// <summary>What the vote holds to be right; null when it came to nothing, and then it cannot be approved.</summary>
    public string? Proposed { get; init; }

    /// <summary>How sure the vote was, 0 to 1.</summary>
    public double Confidence { get; init; }

    /// <summary>Why a person is asked.</summary>
    public ReviewCause Cause { get; init; }
}
