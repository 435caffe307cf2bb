using System.Globalization;

namespace Pixelis.Training;

/// <summary>Mixes sets of different difficulty; each stage of a curriculum has its own shares.</summary>
public sealed class StagedExamples : IExampleStream
{
    private readonly IReadOnlyList<IExampleStream> _levels;
    private readonly IReadOnlyList<IReadOnlyList<double>> _shares;
    private readonly ulong _seed;

    /// <summary>Makes the mixture.</summary>
    /// <param name="levels">A stream for each difficulty, the easiest first.</param>
    /// <param name="shares">For each stage one share a level: not negative, of a positive sum.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="ArgumentException">Shares that do not fit.</exception>
    public StagedExamples(IReadOnlyList<IExampleStream> levels, IReadOnlyList<IReadOnlyList<double>> shares, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(shares);
        foreach (IReadOnlyList<double> stage in shares)
        {
            if (stage.Count != levels.Count || stage.Any(s => !double.IsFinite(s) || s < 0) || stage.Sum() <= 0)
                throw new ArgumentException($"A stage has the shares {string.Join(", ", stage)}; {levels.Count} numbers of at least 0 with a positive sum were expected.", nameof(shares));
        }

        if (shares.Count == 0)
            throw new ArgumentException("At least one stage was expected.", nameof(shares));
        _levels = levels;
        _shares = shares;
        _seed = seed;
        Fingerprint = string.Create(CultureInfo.InvariantCulture, $"mixture seed {seed} of [{string.Join("; ", levels.Select(l => l.Fingerprint))}]");
    }

    /// <inheritdoc />
    public string Fingerprint { get; }

    /// <inheritdoc />
    public SftExample Get(DataCursor cursor)
    {
        IReadOnlyList<double> shares = _shares[Math.Clamp(cursor.Stage, 0, _shares.Count - 1)];
        double draw = SeededNumbers.Unit(SeededNumbers.Hash(_seed, (ulong)cursor.Position)) * shares.Sum();
        int level = 0;
        while (level < shares.Count - 1 && (draw -= shares[level]) >= 0)
            level++;
        while (shares[level] == 0)
            level--; // rounding at the very end of the range
        return _levels[level].Get(cursor);
    }
}
