namespace Pixelis.Online.Privacy;

/// <summary>Something that was taken out of a text.</summary>
/// <param name="Category">What it was; one category.</param>
/// <param name="Risk">What harm it does.</param>
/// <param name="Start">Where it began in the original text, in characters.</param>
/// <param name="Length">Its length there, in characters.</param>
/// <param name="Placeholder">What stands in its place, for example <c>[EMAIL:ab12cd34ef]</c>.</param>
public sealed record PiiSpan(PiiCategory Category, PiiRisk Risk, int Start, int Length, string Placeholder);
