using Pixelis.Generation.Sampling;

namespace Pixelis.Generation.Tests.Sampling;

public class LogSoftmaxTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    [InlineData(1025)]
    [InlineData(151_936)]
    public void Agrees_with_float64_to_the_last_digits(int vocabulary)
    {
        float[] row = Rows.Normal(vocabulary, vocabulary);
        double max = row.Max();
        double expected = max + Math.Log(row.Sum(x => Math.Exp(x - max)));
        Assert.Equal(expected, LogSoftmax.LogSumExp(row), 2e-6);
    }

    [Fact]
    public void Large_logits_do_not_overflow()
    {
        Assert.Equal(3e38 + Math.Log(2), LogSoftmax.LogSumExp([3e38f, 3e38f, -3e38f]), 3e31);
        Assert.Equal(-1000 + Math.Log(2), LogSoftmax.LogSumExp([-1000, -1000]), 1e-4);
    }

    [Fact]
    public void Masked_tokens_weigh_nothing()
    {
        var weights = new float[3];
        double sum = LogSoftmax.Weights([1, float.NegativeInfinity, 1], weights);
        Assert.Equal([1f, 0f, 1f], weights);
        Assert.Equal(2, sum);
    }
}
