using Pixelis.Generation.Sampling;

namespace Pixelis.Generation.Tests.Sampling;

public class ExponentialRaceTests
{
    [Theory]
    [InlineData(8, 40_000)]
    [InlineData(600, 60_000)] // more than one block of noise
    public void Draws_follow_the_softmax(int vocabulary, int draws)
    {
        float[] logits = Rows.Normal(1, vocabulary, 1);
        var counts = new int[vocabulary];
        var row = new float[vocabulary];
        for (int i = 0; i < draws; i++)
        {
            logits.CopyTo(row, 0);
            counts[ExponentialRace.Winner(row, new CounterRandom(42, (ulong)i))]++;
        }
        Assert.True(ChiSquare.Statistic(counts, Rows.Softmax(logits)) < ChiSquare.Bound(vocabulary - 1));
    }

    [Fact]
    public void Masked_tokens_never_win()
    {
        for (ulong seed = 0; seed < 200; seed++)
            Assert.Equal(1, ExponentialRace.Winner([float.NegativeInfinity, -5, float.NegativeInfinity], new CounterRandom(seed, 0)));
    }

    [Fact]
    public void Rounding_differences_hardly_ever_turn_a_draw()
    {
        // What another batch size does to logits: the last digits change. A walk along the cumulative distribution would turn about one
        // draw in forty here.
        const int Draws = 300;
        float[] logits = Rows.Normal(2, 20_000, 1);
        var noise = new Random(3);
        float[] moved = [.. logits.Select(l => l + (float)(2e-6 * (noise.NextDouble() - 0.5)))];
        int turned = 0;
        for (ulong i = 0; i < Draws; i++)
        {
            if (ExponentialRace.Winner([.. logits], new CounterRandom(9, i)) != ExponentialRace.Winner([.. moved], new CounterRandom(9, i)))
                turned++;
        }
        Assert.Equal(0, turned);
    }
}
