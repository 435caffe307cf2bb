namespace Pixelis.Data;

/// <summary>How many of the traces teach what, as shares of all; the shares are scaled to add up to 1.</summary>
public sealed record CotaOptions
{
    /// <summary>The straight way. Default 0.6.</summary>
    public double Positive { get; init; } = 0.6;

    /// <summary>Wrong from beginning to end, never a target. Default 0.1.</summary>
    public double OutcomeNegative { get; init; } = 0.1;

    /// <summary>Near misses and look-alikes. Default 0.1.</summary>
    public double TrapPerceptual { get; init; } = 0.1;

    /// <summary>Right evidence, wrong step. Default 0.1.</summary>
    public double TrapLogical { get; init; } = 0.1;

    /// <summary>A wrong action, its observation, the right action. Default 0.1.</summary>
    public double SelfCorrection { get; init; } = 0.1;

    /// <summary>Stirs which example gets which kind. Default 0.</summary>
    public ulong Seed { get; init; }

    internal IReadOnlyList<(TraceKind Kind, double Share)> Shares() =>
    [
        (TraceKind.Positive, Positive), (TraceKind.OutcomeNegative, OutcomeNegative), (TraceKind.TrapPerceptual, TrapPerceptual),
        (TraceKind.TrapLogical, TrapLogical), (TraceKind.SelfCorrection, SelfCorrection),
    ];

    internal void Validate()
    {
        if (Shares().Any(s => !double.IsFinite(s.Share) || s.Share < 0) || Shares().Sum(s => s.Share) <= 0)
            throw new ArgumentException("The shares of trace kinds must be numbers that are not negative, and at least one must be greater than 0.", nameof(Positive));
    }
}
