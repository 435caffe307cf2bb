using Pixelis.Generation.Sampling;

namespace Pixelis.Generation.Tests.Sampling;

public class SequenceSamplerTests
{
    [Fact]
    public void Greedy_takes_the_largest_logit_and_the_first_among_equals()
    {
        var sampler = new SequenceSampler(new GenerationOptions(), []);
        Assert.Equal(2, sampler.Next([0, 1, 5, 5, -1]).Id);
    }

    [Fact]
    public void Log_probabilities_are_the_models_own_whatever_the_filters()
    {
        float[] logits = Rows.Normal(4, 1000);
        double[] expected = Rows.Softmax(logits);
        var options = new GenerationOptions { Temperature = 0.3, TopK = 5, TopP = 0.5, MinP = 0.1, PresencePenalty = 1, RepetitionPenalty = 1.3, Seed = 1 };
        var sampler = new SequenceSampler(options, [1, 2, 3]);
        for (int i = 0; i < 20; i++)
        {
            SampledToken token = sampler.Next(logits);
            Assert.Equal(Math.Log(expected[token.Id]), token.LogProbability, 1e-5);
        }
    }

    [Fact]
    public void A_seed_fixes_the_sequence_and_a_missing_seed_is_fresh()
    {
        int[] Draw(ulong? seed)
        {
            var sampler = new SequenceSampler(new GenerationOptions { Temperature = 1, Seed = seed }, []);
            return [.. Enumerable.Range(0, 40).Select(i => sampler.Next(Rows.Normal(i, 300)).Id)];
        }
        Assert.Equal(Draw(5), Draw(5));
        Assert.NotEqual(Draw(5), Draw(6));
        Assert.NotEqual(Draw(null), Draw(null));
        var fresh = new SequenceSampler(new GenerationOptions { Temperature = 1 }, []);
        Assert.Equal(fresh.Next(Rows.Normal(0, 300)).Id, Draw(fresh.Seed)[0]);
    }

    [Fact]
    public void Sampling_with_filters_follows_the_filtered_distribution()
    {
        float[] logits = [2, 1.5f, 1, 0.5f, 0, -1];
        var options = new GenerationOptions { Temperature = 0.8, TopK = 3, Seed = 11 };
        double[] expected = Rows.Softmax([2 / 0.8f, 1.5f / 0.8f, 1 / 0.8f, float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity]);
        var sampler = new SequenceSampler(options, []);
        var counts = new int[6];
        for (int i = 0; i < 30_000; i++)
            counts[sampler.Next(logits).Id]++;
        Assert.True(ChiSquare.Statistic(counts, expected) < ChiSquare.Bound(2));
    }

    [Fact]
    public void A_tiny_temperature_is_greedy()
    {
        var sampler = new SequenceSampler(new GenerationOptions { Temperature = 1e-300, Seed = 1 }, []);
        for (int i = 0; i < 50; i++)
            Assert.Equal(1, sampler.Next([1, 1.0001f, float.NegativeInfinity, -50]).Id);
    }

    [Fact]
    public void Penalties_change_what_greedy_decoding_takes()
    {
        var repeating = new SequenceSampler(new GenerationOptions { RepetitionPenalty = 2 }, [0]);
        Assert.Equal(1, repeating.Next([3, 2, -1]).Id);
        Assert.Equal(0, repeating.Next([3, 2, -1]).Id); // 1.5 against 1 against -1: both seen
        var present = new SequenceSampler(new GenerationOptions { PresencePenalty = 2 }, [0]);
        Assert.Equal(0, present.Next([3, 2, -1]).Id); // the prompt does not count
        Assert.Equal(1, present.Next([3, 2, -1]).Id);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Logits_that_are_no_numbers_are_an_error(float bad) =>
        Assert.Contains("finite", Assert.Throws<PixelisException>(() => new SequenceSampler(new GenerationOptions(), []).Next([0, bad, 1])).Message);

    [Fact]
    public void A_row_without_any_token_is_an_error() =>
        Assert.Throws<PixelisException>(() => new SequenceSampler(new GenerationOptions(), []).Next([float.NegativeInfinity, float.NegativeInfinity]));
}
