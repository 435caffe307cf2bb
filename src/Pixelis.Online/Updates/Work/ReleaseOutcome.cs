namespace Pixelis.Online.Updates;

/// <summary>What became of an attempt to publish a version.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record ReleaseOutcome(ReleaseKind Kind, string Reason)
{
    /// <summary>The version that learning goes on from now; null when there is none.</summary>
    public PolicyVersion? Version { get; init; }

    /// <summary>The canary's score of what was tried; null without one.</summary>
    public CanaryScore? Score { get; init; }

    /// <summary>The best accuracy among the versions it descends from; null without a canary.</summary>
    public double? Best { get; init; }
}
