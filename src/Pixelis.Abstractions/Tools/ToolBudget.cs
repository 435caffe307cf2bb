namespace Pixelis.Tools;

/// <summary>What one call of a tool may spend. Enforced around a tool by <see cref="ToolBudgetExtensions.WithBudget"/>, and by every agent.</summary>
public sealed record ToolBudget
{
    /// <summary>The budget of tools that declare none.</summary>
    public static ToolBudget Default { get; } = new();

    /// <summary>Longest time. Default 60 seconds; greater than zero. Less than a millisecond leaves no time at all.</summary>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Most pixels (width times height) of all pictures together that a call may return. Default 50 megapixels; at least 1.</summary>
    public long Pixels { get; init; } = 50_000_000;

    /// <summary>The smaller of two budgets, each part on its own.</summary>
    public ToolBudget AtMost(ToolBudget other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ToolBudget { Time = Time < other.Time ? Time : other.Time, Pixels = Math.Min(Pixels, other.Pixels) };
    }
}
