namespace Pixelis.Online;

/// <summary>Which items are listed, and from where on. Items come in the order of their numbers, the oldest first.</summary>
public sealed record ReviewFilter
{
    /// <summary>Of this tenant only; null for all.</summary>
    public string? Tenant { get; init; }

    /// <summary>For this cause only; null for any.</summary>
    public ReviewCause? Cause { get; init; }

    /// <summary>False for pending ones, true for decided ones, null for both. Default false.</summary>
    public bool? Decided { get; init; } = false;

    /// <summary>Leaves out what somebody is at. Default false.</summary>
    public bool UnclaimedOnly { get; init; }

    /// <summary>Only items with a higher number: the last one's of the page before. Default 0.</summary>
    public long After { get; init; }

    /// <summary>Most items of the page, 1 to 1000. Default 50.</summary>
    public int Count { get; init; } = 50;
}
