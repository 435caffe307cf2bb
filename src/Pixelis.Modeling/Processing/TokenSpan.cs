namespace Pixelis.Modeling;

/// <summary>A run of tokens.</summary>
/// <param name="Start">Index of the first.</param>
/// <param name="Length">How many; may be 0.</param>
public readonly record struct TokenSpan(int Start, int Length)
{
    /// <summary>Index after the last.</summary>
    public int End => checked(Start + Length);
}
