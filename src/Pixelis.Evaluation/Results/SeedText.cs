using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Evaluation;

/// <summary>A summary over seeds in words and in JSON.</summary>
public static partial class SeedText
{
    /// <summary>The summary as a JSON document.</summary>
    public static string JsonOf(SeedSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return JsonSerializer.Serialize(summary, SeedJson.Default.SeedSummary);
    }

    /// <summary>The summary as a text for people.</summary>
    public static string Of(SeedSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{summary.Results.Count} results on {summary.Data}: {string.Join(", ", summary.Results)}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"",-14} {"n",5} {"mean",8} {"std",7}   each\n");
        foreach (SeedScore score in summary.Scores.Append(summary.ToolRate))
        {
            text.Append(CultureInfo.InvariantCulture, $"{score.Name,-14} {score.Count,5} {EvaluationText.Percent(score.Mean),8} {EvaluationText.Percent(score.Deviation),7}   ")
                .AppendJoin("  ", score.Accuracies.Select(EvaluationText.Percent)).Append('\n');
        }

        text.Append("\nstd: standard deviation over the results (n - 1)");
        foreach (string difference in summary.Differences)
            text.Append("\nset differently: ").Append(difference);
        return text.Append('\n').ToString();
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
    [JsonSerializable(typeof(SeedSummary))]
    private sealed partial class SeedJson : JsonSerializerContext;
}
