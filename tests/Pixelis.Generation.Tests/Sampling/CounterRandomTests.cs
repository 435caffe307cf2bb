using Pixelis.Generation.Sampling;

namespace Pixelis.Generation.Tests.Sampling;

public class CounterRandomTests
{
    [Fact]
    public void The_same_seed_step_and_counter_give_the_same_number()
    {
        Assert.Equal(new CounterRandom(7, 3).Bits(11), new CounterRandom(7, 3).Bits(11));
        ulong[] others = [new CounterRandom(8, 3).Bits(11), new CounterRandom(7, 4).Bits(11), new CounterRandom(7, 3).Bits(12)];
        Assert.DoesNotContain(new CounterRandom(7, 3).Bits(11), others);
    }

    [Fact]
    public void Numbers_are_uniform_over_counters_and_over_steps()
    {
        Assert.True(ChiSquareOfBins(i => new CounterRandom(1, 0).Uniform((ulong)i)) < ChiSquare.Bound(99));
        Assert.True(ChiSquareOfBins(i => new CounterRandom(1, (ulong)i).Uniform(0)) < ChiSquare.Bound(99));
        Assert.True(ChiSquareOfBins(i => new CounterRandom((ulong)i, 0).Uniform(0)) < ChiSquare.Bound(99));
    }

    [Fact]
    public void Neighbouring_streams_are_not_correlated()
    {
        const int Count = 100_000;
        double sum = 0;
        for (ulong i = 0; i < Count; i++)
            sum += (new CounterRandom(5, 0).Uniform(i) - 0.5) * (new CounterRandom(5, 1).Uniform(i) - 0.5);
        double correlation = sum / Count * 12;
        Assert.InRange(correlation, -0.015, 0.015); // 4.7 standard deviations
    }

    [Fact]
    public void Uniform_never_reaches_its_borders()
    {
        Assert.True(CounterRandom.ToUniform(0) > 0);
        Assert.True(CounterRandom.ToUniform(ulong.MaxValue) < 1);
    }

    private static double ChiSquareOfBins(Func<int, double> draw)
    {
        const int Count = 100_000;
        var bins = new int[100];
        for (int i = 0; i < Count; i++)
            bins[(int)(draw(i) * bins.Length)]++;
        return ChiSquare.Statistic(bins, [.. Enumerable.Repeat(1.0 / bins.Length, bins.Length)]);
    }
}
