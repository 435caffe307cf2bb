namespace Pixelis.Rewards;

/// <summary>
/// What the policy's states say about its steps: hardly moving, or jumping, from one looking turn to the next. The bounds depend on the
/// model (final states of large ones all point much the same way): look at the cosines of a few episodes before trusting the defaults.
/// </summary>
public sealed record TransitionOptions
{
    /// <summary>Cosine of two states above which nothing happened between them, -1 to 1. Default 0.9.</summary>
    public double StuckAbove { get; init; } = 0.9;

    /// <summary>Cost of that, at least 0. Default 0.2.</summary>
    public double StuckCost { get; init; } = 0.2;

    /// <summary>Cosine below which the second state has nothing to do with the first, -1 to 1. Default 0.1.</summary>
    public double LeapBelow { get; init; } = 0.1;

    /// <summary>Cost of that, at least 0. Default 0.3.</summary>
    public double LeapCost { get; init; } = 0.3;
}
