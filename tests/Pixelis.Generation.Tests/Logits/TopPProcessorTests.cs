using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class TopPProcessorTests
{
    private static readonly Arbitrary<double> Shares = Gen.Choose(1, 9999).Select(i => i / 10_000.0).ToArbitrary();

    [Fact]
    public void Keeps_the_smallest_set_that_reaches_p() =>
        Prop.ForAll(Rows.Arbitrary, Shares, (row, p) => IsNucleus(row, p)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.001, 3)]
    [InlineData(0.8, 3)]
    [InlineData(0.999, 3)]
    [InlineData(0.9999999, 3)]
    [InlineData(0.8, 0.001)] // nearly uniform: no few tokens hold the nucleus
    [InlineData(0.5, 30)]
    public void Holds_on_a_large_vocabulary(double p, double spread) =>
        Assert.True(IsNucleus(Rows.Normal(7, 151_936, spread), p));

    [Fact]
    public void Equal_tokens_are_taken_in_order_of_their_ids()
    {
        float[] row = [1, 1, 1, 1];
        new TopPProcessor(0.5).Process(row, new TokenHistory([]));
        Assert.Equal([0, 1], Rows.Kept(row));
    }

    private static bool IsNucleus(float[] row, double p)
    {
        float[] processed = [.. row];
        new TopPProcessor(p).Process(processed, new TokenHistory([]));
        int[] kept = Rows.Kept(processed);
        double[] probabilities = Rows.Softmax(row);
        int[] ranking = [.. Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).ThenBy(i => i)];
        bool isPrefix = ranking.Take(kept.Length).Order().SequenceEqual(kept);
        double mass = kept.Sum(i => probabilities[i]);
        double without = kept.Length <= 1 ? 0 : mass - probabilities[ranking[kept.Length - 1]];
        const double Rounding = 1e-6;
        return isPrefix && kept.Length > 0 && mass >= p - Rounding && (kept.Length == 1 || without < p + Rounding) && kept.All(i => processed[i] == row[i]);
    }
}
