using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Evaluation;

/// <summary>A comparison in words and in JSON.</summary>
public static partial class ComparisonText
{
    /// <summary>The comparison as a JSON document.</summary>
    public static string JsonOf(PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return JsonSerializer.Serialize(comparison, ComparisonJson.Default.PairedComparison);
    }

    /// <summary>The comparison as a text for people.</summary>
    public static string Of(PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{comparison.First} -> {comparison.Second}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{"",-14} {"n",5} {"first",8} {"second",8} {"change",8} {"95 %",18} {"only first",11} {"only second",12} {"p",8}\n");
        foreach (PairedScore s in comparison.Scores)
        {
            string interval = $"{Signed(s.Interval.Low)}..{Signed(s.Interval.High)}";
            string p = s.PValue.ToString(s.PValue < 0.001 ? "0.0e0" : "0.000", CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{s.Name,-14} {s.Count,5} {EvaluationText.Percent(s.First),8} {EvaluationText.Percent(s.Second),8} {Signed(s.Difference),8} ");
            text.Append(CultureInfo.InvariantCulture, $"{interval,18} {s.OnlyFirst,11} {s.OnlySecond,12} {p,8}\n");
        }
        text.Append("\nchange: second - first; p: McNemar's exact test, two-sided");
        if (comparison.Unpaired > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n{comparison.Unpaired} examples are in one result only and were left out");
        foreach (string difference in comparison.Differences)
            text.Append("\nset differently: ").Append(difference);
        return text.Append('\n').ToString();
    }

    private static string Signed(double share) => (share >= 0 ? "+" : "") + EvaluationText.Percent(share);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
    [JsonSerializable(typeof(PairedComparison))]
    private sealed partial class ComparisonJson : JsonSerializerContext;
}
