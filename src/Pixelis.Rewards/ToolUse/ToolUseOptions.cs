namespace Pixelis.Rewards;

/// <summary>What calls cost.</summary>
public sealed record ToolUseOptions
{
    /// <summary>N: calls that cost nothing, at least 0. Default 1.</summary>
    public int FreeCalls { get; init; } = 1;

    /// <summary>beta: cost of each successful call beyond <see cref="FreeCalls"/>, at least 0. Default 0.05.</summary>
    public double ExcessCost { get; init; } = 0.05;

    /// <summary>Cost of each call that failed, at least 0. Default 0.1.</summary>
    public double FailureCost { get; init; } = 0.1;

    /// <summary>
    /// Cost of each call that lacks what it builds on, in place of <see cref="FailureCost"/>, at least 0: measuring an object that was never
    /// segmented, going on with a track that was never begun, frames or tracks without a video. Default 0.1.
    /// </summary>
    public double PrerequisiteCost { get; init; } = 0.1;

    /// <summary>Cost of each call of a tool beyond its limit, at least 0. Default 0.1.</summary>
    public double OveruseCost { get; init; } = 0.1;

    /// <summary>Calls of each tool in an episode beyond which they cost <see cref="OveruseCost"/>; tools that are absent have no limit.</summary>
    public IReadOnlyDictionary<string, int> OveruseLimits { get; init; } = new Dictionary<string, int>
    {
        [ToolNames.ZoomIn] = 3,
        [ToolNames.TrackObject] = 5,
        [ToolNames.SegmentObjectAt] = 10,
        [ToolNames.GetProperties] = 10,
        [ToolNames.ReadText] = 15,
    };

    /// <summary>Most that an episode's calls cost together, at least 0. Default 1.</summary>
    public double MostCost { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(FreeCalls);
        ArgumentOutOfRangeException.ThrowIfNegative(ExcessCost);
        ArgumentOutOfRangeException.ThrowIfNegative(FailureCost);
        ArgumentOutOfRangeException.ThrowIfNegative(PrerequisiteCost);
        ArgumentOutOfRangeException.ThrowIfNegative(OveruseCost);
        ArgumentOutOfRangeException.ThrowIfNegative(MostCost);
    }
}
