namespace Pixelis.Data;

/// <summary>Which scenes of PixelBench are drawn.</summary>
public sealed record PixelBenchOptions
{
    /// <summary>Train, validation or test. Default train.</summary>
    public PixelBenchSplit Split { get; init; } = PixelBenchSplit.Train;

    /// <summary>Families in the order in which they take turns. Default all six.</summary>
    public IReadOnlyList<PixelBenchFamily> Families { get; init; } = Enum.GetValues<PixelBenchFamily>();

    /// <summary>1 (easy) to 3 (hard), in the order in which they take turns. Default all three.</summary>
    public IReadOnlyList<int> Difficulties { get; init; } = [1, 2, 3];

    /// <summary>What looks otherwise than in the usual scenes. Default nothing.</summary>
    public PixelBenchShift Shift { get; init; }

    /// <summary>The shift as names say it: "", "shifted", or "shifted-letters-noise" where it is only some of it.</summary>
    internal string ShiftName => Shift switch
    {
        PixelBenchShift.None => "",
        PixelBenchShift.All => "shifted",
        _ => "shifted-" + Shift.ToString().ToLowerInvariant().Replace(", ", "-", StringComparison.Ordinal),
    };

    /// <summary>Chooses among 65,536 sequences of scenes that share none. Default 0.</summary>
    public int Stream { get; init; }

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentException">A setting is outside its range; the message names it.</exception>
    internal void Validate()
    {
        if (Families.Count == 0)
            throw new ArgumentException("Families must name at least one family.", nameof(Families));
        if (Difficulties.Count == 0 || Difficulties.Any(d => d is < 1 or > 3))
            throw new ArgumentException("Difficulties must name one or more of 1, 2 and 3.", nameof(Difficulties));
        if ((Shift & ~PixelBenchShift.All) != 0)
            throw new ArgumentException($"Shift {Shift} is none; known names were expected.", nameof(Shift));
        if (Stream is < 0 or > ushort.MaxValue)
            throw new ArgumentException("Stream must be 0 to 65,535.", nameof(Stream));
    }
}
