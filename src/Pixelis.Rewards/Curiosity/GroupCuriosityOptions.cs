namespace Pixelis.Rewards;

/// <summary>How much looking closer is worth while few do.</summary>
public sealed record GroupCuriosityOptions
{
    /// <summary>Which formula. Default the paper's.</summary>
    public CuriosityForm Form { get; init; } = CuriosityForm.Paper;

    /// <summary>H: the share of the group that looks closer from which nothing is paid any more, 0 to 1. Default 0.3.</summary>
    public double Target { get; init; } = 0.3;

    /// <summary>alpha of the paper's form, at least 0. Default 0.5.</summary>
    public double Alpha { get; init; } = 0.5;

    /// <summary>Factor of the released form, at least 0. Default 0.25.</summary>
    public double ReleasedScale { get; init; } = 0.25;

    /// <summary>d of the released form for pictures, above 0. Default 2.</summary>
    public double ReleasedImageDivisor { get; init; } = 2;

    /// <summary>d of the released form for videos, above 0. Default 1.5.</summary>
    public double ReleasedVideoDivisor { get; init; } = 1.5;

    /// <summary>
    /// Most that the released form pays, at least 0. Default 0.25, which groups of eight, as released, never reach. Without a bound the bonus
    /// grows with the group: one looker of 64 would earn 2.3, more than a right answer.
    /// </summary>
    public double ReleasedLimit { get; init; } = 0.25;

    internal double Most => Form == CuriosityForm.Paper ? Alpha * Target : ReleasedLimit;

    internal void Validate()
    {
        if (!(Target is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Target), Target, "A share from 0 to 1 was expected.");
        ArgumentOutOfRangeException.ThrowIfNegative(Alpha);
        ArgumentOutOfRangeException.ThrowIfNegative(ReleasedScale);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ReleasedImageDivisor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ReleasedVideoDivisor);
        ArgumentOutOfRangeException.ThrowIfNegative(ReleasedLimit);
    }
}
