namespace Pixelis.Evaluation;

/// <summary>A range that holds an unknown value with a stated confidence.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public sealed record Interval(double Low, double High);
