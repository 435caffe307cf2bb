namespace Pixelis.Rewards;

/// <summary>Which steps follow from each other, and what they are worth.</summary>
public sealed record CoherenceOptions
{
    /// <summary>
    /// Pairs of which the second call, right after the first, uses what it brought. Each is paid once an episode. No tool may begin one
    /// and end one: then a pair that is made again can never complete another.
    /// </summary>
    public IReadOnlyList<ToolPair> Follows { get; init; } =
    [
        new(ToolNames.SegmentObjectAt, ToolNames.GetProperties),
        new(ToolNames.ZoomIn, ToolNames.ReadText),
        new(ToolNames.SegmentObjectAt, ToolNames.TrackObject),
    ];

    /// <summary>What a pair that follows is worth, at least 0. Default 0.2.</summary>
    public double FollowBonus { get; init; } = 0.2;

    /// <summary>Pairs of which the second call, at any time after the first and at the same place, undoes it or does it over.</summary>
    public IReadOnlyList<ToolPair> Undoes { get; init; } =
    [
        new(ToolNames.ZoomIn, ToolNames.ZoomIn),
        new(ToolNames.TrackObject, ToolNames.TrackObject),
        new(ToolNames.SegmentObjectAt, ToolNames.SegmentObjectAt),
        new(ToolNames.GetProperties, ToolNames.SegmentObjectAt),
    ];

    /// <summary>Cost of a call that undoes an earlier one, at least 0. Default 0.3.</summary>
    public double UndoCost { get; init; } = 0.3;

    /// <summary>Cost of a call that was made before with the same arguments, at least 0. Default 0.5.</summary>
    public double RepeatCost { get; init; } = 0.5;

    /// <summary>What states say about steps, where states were measured; null to leave them out.</summary>
    public TransitionOptions? Transitions { get; init; } = new();

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FollowBonus);
        ArgumentOutOfRangeException.ThrowIfNegative(UndoCost);
        ArgumentOutOfRangeException.ThrowIfNegative(RepeatCost);
        if (Transitions is { } transitions)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(transitions.StuckCost);
            ArgumentOutOfRangeException.ThrowIfNegative(transitions.LeapCost);
        }
        string[] both = [.. Follows.Select(p => p.Canonical.First).Intersect(Follows.Select(p => p.Canonical.Second))];
        if (both.Length > 0)
            throw new ArgumentException($"{both[0]} begins one pair of {nameof(Follows)} and ends another; repeating pairs could then be paid.", nameof(Follows));
    }
}
