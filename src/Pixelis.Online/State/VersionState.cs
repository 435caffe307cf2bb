namespace Pixelis.Online.State;

/// <summary>A version of the policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Experiences">How many experiences it learnt from that the version before had not, at least 0.</param>
/// <param name="Canary">Share of the canary set that it answers right, 0 to 1; null when it was not measured.</param>
/// <param name="Reason">Why it stands there, as a sentence; empty when there is nothing to say.</param>
public sealed record VersionState(
    string Name, DateTimeOffset CreatedAt, VersionStanding Standing, long Experiences, double? Canary = null, string Reason = "");
