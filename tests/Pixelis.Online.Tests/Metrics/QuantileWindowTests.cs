using Pixelis.Online.Metrics;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Metrics;

public class QuantileWindowTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Quantiles_are_those_of_the_nearest_rank()
    {
        var window = new QuantileWindow(200, TimeSpan.FromMinutes(1), _time);
        Assert.True(double.IsNaN(window.Quantile(0.99)));
        foreach (int i in Enumerable.Range(1, 100).Reverse())
            window.Add(i);
        Assert.Equal([1.0, 50.0, 99.0, 100.0], new[] { 0.01, 0.5, 0.99, 1 }.Select(window.Quantile));
    }

    [Fact]
    public void Old_values_and_those_beyond_the_capacity_do_not_count()
    {
        var window = new QuantileWindow(3, TimeSpan.FromSeconds(10), _time);
        foreach (int i in new[] { 9, 1, 2, 3 })
            window.Add(i);
        Assert.Equal(3, window.Quantile(1));
        _time.Advance(6);
        window.Add(0.5);
        _time.Advance(6);
        Assert.Equal(0.5, window.Quantile(1));
    }
}
