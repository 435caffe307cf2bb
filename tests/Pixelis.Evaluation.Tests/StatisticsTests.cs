using FsCheck;
using FsCheck.Fluent;
using Pixelis.Evaluation.Statistics;

namespace Pixelis.Evaluation.Tests;

public class StatisticsTests
{
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)] // 2 * 1/2
    [InlineData(5, 0, 0.0625)] // 2 / 32
    [InlineData(0, 5, 0.0625)]
    [InlineData(8, 2, 0.109375)] // 2 * (1 + 10 + 45) / 1024
    [InlineData(3, 3, 1)] // more than 1 before it is cut
    public void McNemars_test_sums_the_binomials_tail(int first, int second, double expected) =>
        Assert.Equal(expected, McNemar.PValue(first, second), 1e-12);

    [Fact]
    public void McNemars_test_does_not_underflow()
    {
        Assert.InRange(McNemar.PValue(2600, 2400), 0.004, 0.006); // normal approximation: z = 199 / sqrt(5000) = 2.81
        Assert.Equal(1, McNemar.PValue(5000, 5000), 1e-9);
    }

    [Fact]
    public void A_bootstrap_interval_is_near_the_normal_one_and_repeats()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 1.0 : 0)];
        Interval interval = Bootstrap.OfMean(values, seed: 1);
        double half = 1.96 * Math.Sqrt(0.25 * 0.75 / 400);
        Assert.Equal(0.25 - half, interval.Low, 0.006);
        Assert.Equal(0.25 + half, interval.High, 0.006);
        Assert.Equal(interval, Bootstrap.OfMean(values, seed: 1));
        Assert.NotEqual(Bootstrap.OfMean(values, seed: 1, samples: 20), Bootstrap.OfMean(values, seed: 2, samples: 20));
    }

    [Fact]
    public void Values_that_agree_give_no_width_and_none_are_refused()
    {
        Assert.Equal(new Interval(1, 1), Bootstrap.OfMean([1, 1, 1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.OfMean([], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.OfMean([1], 0, confidence: 1));
    }

    [Fact]
    public void Assignments_are_as_cheap_as_the_best_of_all_permutations() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Costs().ToArbitrary(), costs =>
        {
            int[] columns = Assignment.Solve(costs);
            int[] used = [.. columns.Where(c => c >= 0)];
            Assert.Equal(Math.Min(costs.GetLength(0), costs.GetLength(1)), used.Length);
            Assert.Equal(used.Length, used.Distinct().Count());
            Assert.Equal(Cheapest(costs, 0, new bool[costs.GetLength(1)], used.Length), Enumerable.Range(0, columns.Length).Where(r => columns[r] >= 0).Sum(r => costs[r, columns[r]]), 1e-9);
        }));

    private static Gen<double[,]> Costs() =>
        from rows in Gen.Choose(1, 5)
        from columns in Gen.Choose(1, 5)
        from values in Gen.Choose(0, 20).ArrayOf(rows * columns)
        select Table(rows, columns, values);

    private static double[,] Table(int rows, int columns, int[] values)
    {
        var table = new double[rows, columns];
        for (int i = 0; i < values.Length; i++)
            table[i / columns, i % columns] = values[i];
        return table;
    }

    // Every choice of pairs; rows may stay without one when there are more of them than columns.
    private static double Cheapest(double[,] costs, int row, bool[] used, int left)
    {
        if (left == 0)
            return 0;
        if (costs.GetLength(0) - row < left)
            return double.PositiveInfinity;
        double best = Cheapest(costs, row + 1, used, left);
        for (int c = 0; c < used.Length; c++)
        {
            if (used[c])
                continue;
            used[c] = true;
            best = Math.Min(best, costs[row, c] + Cheapest(costs, row + 1, used, left - 1));
            used[c] = false;
        }
        return best;
    }
}
