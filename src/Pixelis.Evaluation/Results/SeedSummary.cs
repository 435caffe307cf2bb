namespace Pixelis.Evaluation;

/// <summary>Results of the same examples by models that differ in their seed: what a claim about learning is made of.</summary>
public sealed record SeedSummary
{
    /// <summary>Names of the results.</summary>
    public required IReadOnlyList<string> Results { get; init; }

    /// <summary>What was asked.</summary>
    public required string Data { get; init; }

    /// <summary>Each family, then all examples.</summary>
    public required IReadOnlyList<SeedScore> Scores { get; init; }

    /// <summary>Share of episodes that called a tool, as a score over the results.</summary>
    public required SeedScore ToolRate { get; init; }

    /// <summary>Settings in which results differ, other than the model and its fingerprint.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    /// <summary>Puts results together.</summary>
    /// <param name="paths">Folders of evaluations, or their result.json; at least two.</param>
    /// <exception cref="PixelisException">A result cannot be read, there is only one, or they are not of the same examples.</exception>
    public static SeedSummary Of(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count < 2)
            throw new PixelisException($"{paths.Count} result{(paths.Count == 1 ? "" : "s")} cannot show a spread; two or more were expected, better three.");
        (EvaluationReport Report, IReadOnlyList<Prediction> Predictions)[] results = [.. paths.Select(EvaluationFolder.Load)];
        HashSet<string> asked = [.. results[0].Predictions.Select(p => p.Id)];
        for (int i = 1; i < results.Length; i++)
        {
            if (results[i].Report.Settings.DataFingerprint != results[0].Report.Settings.DataFingerprint || !asked.SetEquals(results[i].Predictions.Select(p => p.Id)))
                throw new PixelisException($"The results are not of the same examples: {paths[0]} of {asked.Count} of {results[0].Report.Settings.DataFingerprint}, {paths[i]} of {results[i].Predictions.Count} of {results[i].Report.Settings.DataFingerprint}.");
        }

        EvaluationScores[] scores = [.. results.Select(r => r.Report.Scores!)];
        return new SeedSummary
        {
            Results = [.. paths.Select(EvaluationFolder.NameOf)],
            Data = results[0].Report.Settings.Data,
            Scores =
            [
                .. scores[0].Families.Select(f => SeedScore.Of(f.Name, f.Count, [.. scores.Select(s => s.Families.First(o => o.Name == f.Name).Accuracy)])),
                SeedScore.Of("all", scores[0].All.Count, [.. scores.Select(s => s.All.Accuracy)]),
            ],
            ToolRate = SeedScore.Of("with tools", scores[0].All.Count, [.. scores.Select(s => s.All.ToolRate)]),
            Differences = [.. results.Skip(1).SelectMany(r => SettingsDifference.Between(results[0].Report.Settings, r.Report.Settings)).Where(IsOfTheHarness).Distinct()],
        };
    }

    // Other weights are what the summary is about.
    private static bool IsOfTheHarness(string difference) =>
        !difference.StartsWith("model_fingerprint", StringComparison.Ordinal) && !difference.StartsWith("agent.model:", StringComparison.Ordinal);
}
