namespace Pixelis.Online.Updates;

/// <summary>What an objective did and measured.</summary>
public sealed record UpdateMeasures
{
    /// <summary>Whether the weights are others than before.</summary>
    public required bool HasChanged { get; init; }

    /// <summary>What was not a finite number; null when all was well. Then nothing counts.</summary>
    public string? Fault { get; init; }

    /// <summary>The loss before the update.</summary>
    public double Loss { get; init; }

    /// <summary>Norm of all gradients before clipping.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Share of tokens held back by the lower bound of their ratio, 0 to 1.</summary>
    public double ClippedLow { get; init; }

    /// <summary>Share of tokens held back by the upper bound, 0 to 1.</summary>
    public double ClippedHigh { get; init; }

    /// <summary>Share of the episodes whose answer is the label, 0 to 1.</summary>
    public double Agreement { get; init; }

    /// <summary>Sampled tokens that were learnt from.</summary>
    public long Tokens { get; init; }
}
