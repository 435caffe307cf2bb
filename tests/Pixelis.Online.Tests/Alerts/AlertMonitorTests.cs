using FsCheck;
using FsCheck.Fluent;
using Pixelis.Online.Alerts;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Alerts;

public class AlertMonitorTests
{
    private readonly ManualTime _time = new();
    private readonly RecordingSink _sink = new();

    [Theory]
    [InlineData("index_failure_share", 0.1, 0.11, AlertSeverity.Critical)]
    [InlineData("update_kl", 0.2, 0.21, AlertSeverity.Warning)]
    [InlineData("queue_fill", 0.9, 0.91, AlertSeverity.Warning)]
    [InlineData("memory_share", 0.9, 0.91, AlertSeverity.Critical)]
    [InlineData("latency_p99", 2, 2.01, AlertSeverity.Warning)]
    public async Task Default_rules_are_raised_above_their_threshold_and_not_at_it(string metric, double at, double above, AlertSeverity severity)
    {
        AlertMonitor monitor = Monitor([.. AlertRules.Default]);
        Assert.Empty(await monitor.ObserveAsync(metric, at));
        Alert alert = Assert.Single(await monitor.ObserveAsync(metric, above));
        Assert.Equal((severity, above, false, _time.GetUtcNow()), (alert.Rule.Severity, alert.Value, alert.IsResolved, alert.Time));
        Assert.Equal([alert], _sink.Alerts);
        Assert.Equal([alert.Rule], monitor.Raised);
    }

    [Fact]
    public async Task No_updates_is_raised_after_ten_minutes_of_none()
    {
        AlertMonitor monitor = Monitor([.. AlertRules.Default]);
        for (int second = 0; second < 600; second += 30)
        {
            Assert.Empty(await monitor.ObserveAsync(AlertRules.UpdateRate, 0));
            _time.Advance(30);
        }
        Assert.Equal("no-updates: update_rate is 0, not above 0 for 600 s", Assert.Single(await monitor.ObserveAsync(AlertRules.UpdateRate, 0)).ToString());
    }

    [Fact]
    public async Task One_good_value_begins_the_window_anew()
    {
        AlertMonitor monitor = Monitor(Rule(window: 10));
        Assert.Empty(await monitor.ObserveAsync("m", 2));
        _time.Advance(9);
        Assert.Empty(await monitor.ObserveAsync("m", 0));
        _time.Advance(1);
        Assert.Empty(await monitor.ObserveAsync("m", 2));
        _time.Advance(9.9);
        Assert.Empty(await monitor.ObserveAsync("m", 2));
        _time.Advance(0.1);
        Assert.Single(await monitor.ObserveAsync("m", 2));
    }

    [Fact]
    public async Task A_cool_down_holds_whatever_the_values_do_and_then_ends()
    {
        AlertMonitor monitor = Monitor(Rule(coolDown: 60));
        Assert.False(Assert.Single(await monitor.ObserveAsync("m", 2)).IsResolved);
        Assert.Empty(await monitor.ObserveAsync("m", 3));
        _time.Advance(10);
        Assert.True(Assert.Single(await monitor.ObserveAsync("m", 0)).IsResolved);
        Assert.Empty(monitor.Raised);
        for (double second = 10; second < 60; second += 10)
        {
            Assert.Empty(await monitor.ObserveAsync("m", 2)); // beyond again, and quiet
            Assert.Empty(await monitor.ObserveAsync("m", 0)); // and nothing to resolve
            _time.Advance(10);
        }
        Assert.False(Assert.Single(await monitor.ObserveAsync("m", 2)).IsResolved);
    }

    [Fact]
    public async Task A_condition_that_stays_is_raised_again_after_each_cool_down()
    {
        AlertMonitor monitor = Monitor(Rule(coolDown: 60));
        for (int second = 0; second < 300; second++, _time.Advance(1))
            await monitor.ObserveAsync("m", 2);
        Assert.Equal(5, _sink.Alerts.Count);
    }

    [Fact]
    public void Alerts_of_one_rule_are_never_closer_than_its_cool_down_whatever_is_observed() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(
            (from steps in (from seconds in Gen.Choose(0, 40) from value in Gen.Choose(0, 2) select (seconds, value)).ListOf()
             from coolDown in Gen.Choose(0, 90)
             from window in Gen.Choose(0, 30)
             select (steps, coolDown, window)).ToArbitrary(),
            c =>
            {
                var time = new ManualTime();
                var sink = new RecordingSink();
                var monitor = new AlertMonitor([Rule(c.window, c.coolDown)], [sink], time);
                foreach ((int seconds, int value) in c.steps)
                {
                    time.Advance(seconds);
                    monitor.ObserveAsync("m", value).AsTask().GetAwaiter().GetResult();
                }
                DateTimeOffset[] raised = [.. sink.Alerts.Where(a => !a.IsResolved).Select(a => a.Time)];
                Assert.All(raised.Zip(raised.Skip(1)), pair => Assert.True((pair.Second - pair.First).TotalSeconds >= c.coolDown));
                Assert.True(sink.Alerts.Count(a => a.IsResolved) <= raised.Length);
            }));

    [Fact]
    public async Task Rules_do_not_disturb_each_other()
    {
        AlertMonitor monitor = Monitor(Rule(coolDown: 60), Rule() with { Name = "second", Threshold = 5 }, Rule() with { Name = "third", Metric = "other" });
        Assert.Single(await monitor.ObserveAsync("m", 2));
        Assert.Equal("second", Assert.Single(await monitor.ObserveAsync("m", 6)).Rule.Name);
        Assert.Equal("third", Assert.Single(await monitor.ObserveAsync("other", 2)).Rule.Name);
        Assert.Empty(await monitor.ObserveAsync("unknown", 2));
        Assert.Empty(await monitor.ObserveAsync("m", double.NaN));
    }

    [Fact]
    public async Task A_sink_that_fails_keeps_no_alert_from_the_others()
    {
        var failing = new RecordingSink { Failure = new InvalidOperationException("x") };
        var monitor = new AlertMonitor([Rule()], [failing, _sink], _time);
        Assert.Single(await monitor.ObserveAsync("m", 2));
        Assert.Single(failing.Alerts);
        Assert.Single(_sink.Alerts);
    }

    [Theory]
    [InlineData(AlertComparison.Below, 1, 0.9, true)]
    [InlineData(AlertComparison.Below, 1, 1, false)]
    [InlineData(AlertComparison.AtMost, 1, 1, true)]
    [InlineData(AlertComparison.AtMost, 1, 1.1, false)]
    [InlineData(AlertComparison.Above, 1, double.PositiveInfinity, true)]
    public async Task Comparisons(AlertComparison comparison, double threshold, double value, bool raised) =>
        Assert.Equal(raised ? 1 : 0, (await Monitor(Rule() with { Comparison = comparison, Threshold = threshold }).ObserveAsync("m", value)).Count);

    [Fact]
    public void Rules_that_cannot_work_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Monitor(Rule(), Rule()));
        Assert.ThrowsAny<ArgumentException>(() => Monitor(Rule() with { Threshold = double.NaN }));
        Assert.ThrowsAny<ArgumentException>(() => Monitor(Rule() with { CoolDown = TimeSpan.FromSeconds(-1) }));
        Assert.ThrowsAny<ArgumentException>(() => Monitor(Rule() with { Name = " " }));
    }

    private static AlertRule Rule(double window = 0, double coolDown = 0) => new()
    {
        Name = "rule", Metric = "m", Threshold = 1, Window = TimeSpan.FromSeconds(window), CoolDown = TimeSpan.FromSeconds(coolDown),
    };

    private AlertMonitor Monitor(params AlertRule[] rules) => new(rules, [_sink], _time);
}
