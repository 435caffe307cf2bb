namespace Pixelis.Online.Health;

/// <summary>How one part is.</summary>
/// <param name="Name">The part, for example <c>buffer</c>.</param>
/// <param name="State">How it is.</param>
/// <param name="Reason">Why, as a sentence; empty when it is healthy. No content.</param>
public sealed record ComponentHealth(string Name, HealthState State, string Reason = "");
