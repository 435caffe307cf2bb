using System.Globalization;
using System.Text;

namespace Pixelis.Online.Metrics;

/// <summary>Metrics in Prometheus' text format 0.0.4. A pure function of what it is given.</summary>
public static class PrometheusText
{
    /// <summary>The content type to serve it with.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>
    /// Writes metrics: each with its help, its type and then its series. Names are made of the instrument's name and unit (<c>pixelis.tool.duration</c> in
    /// <c>s</c> is <c>pixelis_tool_duration_seconds</c>); counters end with <c>_total</c>. Of two metrics that come to the same name, the first is written.
    /// </summary>
    public static string Write(IEnumerable<MetricFamily> families)
    {
        ArgumentNullException.ThrowIfNull(families);
        var text = new StringBuilder();
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (MetricFamily family in families)
        {
            string name = NameOf(family);
            if (family.Series.Count > 0 && written.Add(name))
                Write(text, name, family);
        }
        return text.ToString();
    }

    /// <summary>What a metric is called in the text.</summary>
    public static string NameOf(MetricFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        string name = Clean(family.Name, allowColon: true);
        string unit = UnitOf(family);
        if (unit.Length > 0 && !name.EndsWith("_" + unit, StringComparison.Ordinal))
            name += "_" + unit;
        return family.Kind == MetricKind.Counter && !name.EndsWith("_total", StringComparison.Ordinal) ? name + "_total" : name;
    }

    private static void Write(StringBuilder text, string name, MetricFamily family)
    {
        text.Append("# HELP ").Append(name).Append(' ').Append(family.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
        text.Append("# TYPE ").Append(name).Append(' ').Append(family.Kind.ToString().ToLowerInvariant()).Append('\n');
        foreach (MetricSeries series in family.Series)
        {
            if (family.Kind == MetricKind.Histogram)
                WriteHistogram(text, name, series with { Labels = [.. series.Labels.Where(l => Clean(l.Key, allowColon: false) != "le")] });
            else
                WriteSample(text, name, series.Labels, null, Number(series.Value));
        }
    }

    // Buckets are cumulative, and the last one, +Inf, counts everything. A label "le" of the series' own would be taken for a bound.
    private static void WriteHistogram(StringBuilder text, string name, MetricSeries series)
    {
        if (series.Counts.Count != series.Bounds.Count + 1)
            throw new ArgumentException($"A histogram of {series.Bounds.Count} bounds has {series.Bounds.Count + 1} counts, not {series.Counts.Count}.", nameof(series));
        long count = 0;
        for (int i = 0; i < series.Counts.Count; i++)
        {
            count += series.Counts[i];
            string bound = i < series.Bounds.Count ? Number(series.Bounds[i]) : "+Inf";
            WriteSample(text, name + "_bucket", series.Labels, bound, count.ToString(CultureInfo.InvariantCulture));
        }
        WriteSample(text, name + "_sum", series.Labels, null, Number(series.Value));
        WriteSample(text, name + "_count", series.Labels, null, count.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteSample(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, string value)
    {
        var all = LabelsOf(labels, bound);
        text.Append(name);
        if (all.Count > 0)
            text.Append('{').AppendJoin(',', all.Select(l => $"{l.Name}=\"{Escape(l.Value)}\"")).Append('}');
        text.Append(' ').Append(value).Append('\n');
    }

    // Two labels that come to one name are joined, as OpenTelemetry does.
    private static List<(string Name, string Value)> LabelsOf(IReadOnlyList<KeyValuePair<string, string>> labels, string? bound)
    {
        List<(string Name, string Value)> all =
        [
            .. labels.Select(l => (Name: Clean(l.Key, allowColon: false), l.Value))
                .GroupBy(l => l.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, string.Join(';', g.Select(l => l.Value)))),
        ];
        if (bound is not null)
            all.Add(("le", bound));
        return all;
    }

    private static string UnitOf(MetricFamily family) => family.Unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "1" => family.Kind == MetricKind.Gauge ? "ratio" : "",
        "" => "",
        _ when family.Unit.StartsWith('{') => "", // an annotation, not a unit
        _ => Clean(family.Unit, allowColon: false),
    };

    private static string Clean(string name, bool allowColon)
    {
        var clean = new StringBuilder(name.Length);
        foreach (char c in name)
            clean.Append(char.IsAsciiLetterOrDigit(c) || c == '_' || (allowColon && c == ':') ? c : '_');
        return clean.Length == 0 || char.IsAsciiDigit(clean[0]) ? "_" + clean : clean.ToString();
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.NaN => "NaN",
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
