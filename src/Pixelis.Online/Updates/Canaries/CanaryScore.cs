namespace Pixelis.Online.Updates;

/// <summary>What a canary measured.</summary>
/// <param name="Accuracy">Share of right answers, 0 to 1.</param>
/// <param name="Count">Examples it is a share of, at least 1.</param>
public readonly record struct CanaryScore(double Accuracy, int Count);
