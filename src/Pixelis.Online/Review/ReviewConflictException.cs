namespace Pixelis.Online;

/// <summary>Somebody else decided otherwise before, or is at the item.</summary>
/// <param name="item">The item's number.</param>
/// <param name="problem">Who did what, and what can be done.</param>
public sealed class ReviewConflictException(long item, string problem) : PixelisException($"Review item {item}: {problem}")
{
    /// <summary>The item's number.</summary>
    public long Item { get; } = item;
}
