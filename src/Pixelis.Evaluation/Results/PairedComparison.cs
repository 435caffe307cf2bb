namespace Pixelis.Evaluation;

/// <summary>Two results on the same examples, example by example.</summary>
public sealed record PairedComparison
{
    /// <summary>The first result's name.</summary>
    public required string First { get; init; }

    /// <summary>The second result's name.</summary>
    public required string Second { get; init; }

    /// <summary>All pairs, then each family.</summary>
    public required IReadOnlyList<PairedScore> Scores { get; init; }

    /// <summary>Examples that only one result has, and that are left out.</summary>
    public required int Unpaired { get; init; }

    /// <summary>What the two runs were set to differently.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Compares two results.</summary>
    /// <param name="first">A folder of an evaluation, or its result.json.</param>
    /// <param name="second">Another one.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <exception cref="PixelisException">A result cannot be read, or the two are not of the same data.</exception>
    public static PairedComparison Of(string first, string second, ulong seed = 0)
    {
        (EvaluationReport a, IReadOnlyList<Prediction> ofA) = EvaluationFolder.Load(first);
        (EvaluationReport b, IReadOnlyList<Prediction> ofB) = EvaluationFolder.Load(second);
        if (a.Settings.DataFingerprint != b.Settings.DataFingerprint)
            throw new PixelisException($"The results are of different data and cannot be compared: {first} of {a.Settings.DataFingerprint}, {second} of {b.Settings.DataFingerprint}.");
        Dictionary<string, Prediction> byId = ofB.ToDictionary(p => p.Id, StringComparer.Ordinal);
        var pairs = new List<(Prediction A, Prediction B)>();
        foreach (Prediction p in ofA.Where(p => byId.ContainsKey(p.Id)))
        {
            Prediction q = byId[p.Id];
            if (p.Question != q.Question || p.Truth != q.Truth || !p.Media.SequenceEqual(q.Media))
                throw new PixelisException($"The results are of different data and cannot be compared: example '{p.Id}' has another question, truth or picture in {second} than in {first}.");
            pairs.Add((p, q));
        }
        if (pairs.Count == 0)
            throw new PixelisException($"The results have no example in common: {first}, {second}.");
        return new PairedComparison
        {
            First = EvaluationFolder.NameOf(first),
            Second = EvaluationFolder.NameOf(second),
            Scores = [PairedScore.Of("all", pairs, seed), .. pairs.GroupBy(p => EvaluationScores.FamilyOf(p.A)).Select(g => PairedScore.Of(g.Key, [.. g], seed))],
            Unpaired = ofA.Count + ofB.Count - 2 * pairs.Count,
            Differences = SettingsDifference.Between(a.Settings, b.Settings),
        };
    }
}
