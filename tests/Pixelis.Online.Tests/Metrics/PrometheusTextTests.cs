using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Tests.Metrics;

public partial class PrometheusTextTests
{
    [Fact]
    public void A_page_is_what_the_format_says()
    {
        string text = PrometheusText.Write(
        [
            new MetricFamily("pixelis.online.requests", "{request}", "Answered requests.", MetricKind.Counter,
                [Series(3, ("pixelis.outcome", "ok")), Series(1.5, ("pixelis.outcome", "a\\b\"c\nd"))]),
            new MetricFamily("pixelis.online.queue.fill", "1", "How full.\nTwo \\ lines.", MetricKind.Gauge, [Series(double.NaN)]),
            new MetricFamily("pixelis.tool.duration", "s", "Time.", MetricKind.Histogram,
                [new MetricSeries([new("gen_ai.tool.name", "zoom"), new("le", "own")], 4.25, [0.5, 2], [3, 0, 1])]),
            new MetricFamily("empty", "", "Nothing.", MetricKind.Counter, []),
        ]);
        Assert.Equal(
            """
            # HELP pixelis_online_requests_total Answered requests.
            # TYPE pixelis_online_requests_total counter
            pixelis_online_requests_total{pixelis_outcome="ok"} 3
            pixelis_online_requests_total{pixelis_outcome="a\\b\"c\nd"} 1.5
            # HELP pixelis_online_queue_fill_ratio How full.\nTwo \\ lines.
            # TYPE pixelis_online_queue_fill_ratio gauge
            pixelis_online_queue_fill_ratio NaN
            # HELP pixelis_tool_duration_seconds Time.
            # TYPE pixelis_tool_duration_seconds histogram
            pixelis_tool_duration_seconds_bucket{gen_ai_tool_name="zoom",le="0.5"} 3
            pixelis_tool_duration_seconds_bucket{gen_ai_tool_name="zoom",le="2"} 3
            pixelis_tool_duration_seconds_bucket{gen_ai_tool_name="zoom",le="+Inf"} 4
            pixelis_tool_duration_seconds_sum{gen_ai_tool_name="zoom"} 4.25
            pixelis_tool_duration_seconds_count{gen_ai_tool_name="zoom"} 4

            """.ReplaceLineEndings("\n"), text);
    }

    [Theory]
    [InlineData("a.b-c", "", MetricKind.Gauge, "a_b_c")]
    [InlineData("9lives", "", MetricKind.Counter, "_9lives_total")]
    [InlineData("size", "By", MetricKind.Counter, "size_bytes_total")]
    [InlineData("wait_seconds", "s", MetricKind.Histogram, "wait_seconds")]
    [InlineData("wait", "ms", MetricKind.Histogram, "wait_milliseconds")]
    [InlineData("share", "1", MetricKind.Gauge, "share_ratio")]
    [InlineData("done_total", "{x}", MetricKind.Counter, "done_total")]
    public void Names_follow_the_conventions(string name, string unit, MetricKind kind, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(new MetricFamily(name, unit, "", kind, [])));

    [Fact]
    public void Of_two_metrics_with_one_name_the_first_is_written() =>
        Assert.Equal("# HELP a_b x\n# TYPE a_b gauge\na_b 1\n", PrometheusText.Write(
            [new MetricFamily("a.b", "", "x", MetricKind.Gauge, [Series(1)]), new MetricFamily("a-b", "", "y", MetricKind.Gauge, [Series(2)])]));

    [Fact]
    public void Labels_that_come_to_one_name_are_joined() =>
        Assert.Contains("m{a_b=\"1;2\",c=\"3\"} 1\n", PrometheusText.Write([new MetricFamily("m", "", "", MetricKind.Gauge, [Series(1, ("c", "3"), ("a.b", "1"), ("a-b", "2"))])]), StringComparison.Ordinal);

    [Fact]
    public void Every_line_is_well_formed_whatever_the_names_and_values() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            (from name in Text
             from unit in Gen.Elements("", "s", "1", "By", "{x}", "m/s")
             from help in Text
             from kind in Gen.Elements(MetricKind.Counter, MetricKind.Gauge)
             from key in Text
             from value in Text
             from number in Gen.Elements(0, -0.0, 1e300, 1e-300, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.1, long.MaxValue)
             select new MetricFamily(name, unit, help, kind, [Series(number, (key, value)), Series(number)])).ToArbitrary(),
            family =>
            {
                string text = PrometheusText.Write([family]);
                Assert.EndsWith("\n", text, StringComparison.Ordinal);
                Assert.All(text[..^1].Split('\n'), line => Assert.Matches(WellFormed(), line));
            }));

    private static Gen<string> Text => Gen.Elements("a", "Z", "_", ":", ".", "-", "9", "\"", "\\", "\n", " ", "é", "{", "}", "=", "\r").ListOf().Select(string.Concat);

    private static MetricSeries Series(double value, params (string Key, string Value)[] labels) =>
        new([.. labels.Select(l => new KeyValuePair<string, string>(l.Key, l.Value))], value, [], []);

    [GeneratedRegex("""^(# HELP [a-zA-Z_:][a-zA-Z0-9_:]* .*|# TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram)|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)+\})? ([-+]?[0-9.]+(E[-+]?[0-9]+)?|NaN|[-+]Inf))$""", RegexOptions.Singleline)]
    private static partial Regex WellFormed();
}
