using System.Globalization;

namespace Pixelis.Evaluation;

/// <summary>What predictions add up to. A pure function of them and a seed.</summary>
public sealed record EvaluationScores
{
    /// <summary>All examples.</summary>
    public required GroupScore All { get; init; }

    /// <summary>By family, in the order in which families first occur.</summary>
    public required IReadOnlyList<GroupScore> Families { get; init; }

    /// <summary>By difficulty, easy ones first; empty when it is not known.</summary>
    public required IReadOnlyList<GroupScore> Difficulties { get; init; }

    /// <summary>By family and difficulty.</summary>
    public required IReadOnlyList<GroupScore> Cells { get; init; }

    /// <summary>Calls by tool, most first.</summary>
    public required IReadOnlyList<ToolUse> Tools { get; init; }

    /// <summary>How many episodes ended for which reason.</summary>
    public required IReadOnlyDictionary<string, int> EndReasons { get; init; }

    /// <summary>Adds predictions up.</summary>
    /// <param name="predictions">At least one.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    public static EvaluationScores Of(IReadOnlyList<Prediction> predictions, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentOutOfRangeException.ThrowIfZero(predictions.Count, nameof(predictions));
        return new EvaluationScores
        {
            All = GroupScore.Of("all", predictions, seed),
            Families = [.. predictions.GroupBy(FamilyOf).Select(g => GroupScore.Of(g.Key, [.. g], seed))],
            Difficulties = [.. predictions.Where(p => p.Difficulty > 0).GroupBy(p => p.Difficulty).OrderBy(g => g.Key)
                .Select(g => GroupScore.Of(string.Create(CultureInfo.InvariantCulture, $"difficulty {g.Key}"), [.. g], seed))],
            Cells = [.. predictions.Where(p => p.Difficulty > 0).GroupBy(p => (Family: FamilyOf(p), p.Difficulty)).OrderBy(g => g.Key.Difficulty)
                .Select(g => GroupScore.Of(string.Create(CultureInfo.InvariantCulture, $"{g.Key.Family} {g.Key.Difficulty}"), [.. g], seed))],
            Tools = ToolsOf(predictions),
            EndReasons = predictions.GroupBy(p => p.EndReason).OrderByDescending(g => g.Count()).ToDictionary(g => g.Key, g => g.Count()),
        };
    }

    internal static string FamilyOf(Prediction prediction) => prediction.Family.Length == 0 ? "(none)" : prediction.Family;

    private static ToolUse[] ToolsOf(IReadOnlyList<Prediction> predictions)
    {
        ILookup<string, int> failed = predictions.SelectMany(p => p.FailedCalls).ToLookup(c => c.Key, c => c.Value);
        return [.. predictions.SelectMany(p => p.Calls).GroupBy(c => c.Key)
            .Select(g => new ToolUse(g.Key, g.Sum(c => c.Value), failed[g.Key].Sum())).OrderByDescending(t => t.Calls).ThenBy(t => t.Tool, StringComparer.Ordinal)];
    }
}
