namespace Pixelis.Online;

/// <summary>A factor of a vote's weight.</summary>
/// <param name="Name">Confidence, similarity, success, age or label, in lower case.</param>
/// <param name="Value">The factor, 0 to 1.</param>
public readonly record struct VoteTerm(string Name, double Value);
