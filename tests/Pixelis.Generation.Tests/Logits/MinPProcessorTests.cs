using FsCheck;
using FsCheck.Fluent;
using Pixelis.Generation.Logits;

namespace Pixelis.Generation.Tests.Logits;

public class MinPProcessorTests
{
    [Fact]
    public void Keeps_the_tokens_within_the_share_of_the_best() =>
        Prop.ForAll(Rows.Arbitrary, Gen.Choose(1, 99).Select(i => i / 100.0).ToArbitrary(), (row, share) =>
        {
            float[] processed = [.. row];
            new MinPProcessor(share).Process(processed, new TokenHistory([]));
            double[] probabilities = Rows.Softmax(row);
            double best = probabilities.Max();
            return Enumerable.Range(0, row.Length).All(i =>
                probabilities[i] == 0 || Math.Abs((probabilities[i] / best / share) - 1) < 1e-5 || !float.IsNegativeInfinity(processed[i]) == probabilities[i] > share * best);
        }).QuickCheckThrowOnFailure();
}
