namespace Pixelis.Online.Privacy.Scanning;

/// <summary>Something found in a text.</summary>
/// <param name="Category">One category.</param>
/// <param name="Start">First character.</param>
/// <param name="Length">Characters.</param>
/// <param name="Normalized">The same for every way to write it; what is hashed.</param>
internal readonly record struct PiiFinding(PiiCategory Category, int Start, int Length, string Normalized);
