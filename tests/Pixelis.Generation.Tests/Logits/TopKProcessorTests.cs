using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class TopKProcessorTests
{
    [Fact]
    public void Keeps_exactly_the_k_best_and_leaves_them_as_they_are() =>
        Prop.ForAll(Rows.Arbitrary, Gen.Choose(1, 70).ToArbitrary(), (row, k) =>
        {
            float[] kept = [.. row];
            new TopKProcessor(k).Process(kept, new TokenHistory([]));
            int[] expected = [.. Reference(row, k)];
            return expected.SequenceEqual(Rows.Kept(kept)) && expected.All(i => kept[i].Equals(row[i]));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(50_000)]
    public void Agrees_with_a_full_sort_on_a_large_vocabulary(int k)
    {
        float[] row = [.. Rows.Normal(k, 151_936).Select(x => MathF.Round(x, 2))]; // thousands of ties
        float[] kept = [.. row];
        new TopKProcessor(k).Process(kept, new TokenHistory([]));
        Assert.Equal(Reference(row, k), Rows.Kept(kept));
    }

    private static IEnumerable<int> Reference(float[] row, int k) =>
        Enumerable.Range(0, row.Length).Where(i => !float.IsNegativeInfinity(row[i])).OrderByDescending(i => row[i]).ThenBy(i => i).Take(k).Order();
}
