namespace Pixelis.Online.Tests.Gates;

public class LearningRatePolicyTests
{
    [Theory]
    [InlineData(0, 1e-4)]
    [InlineData(0.7, 3e-5)]
    [InlineData(0.9, 1e-5)]
    [InlineData(0.995, 1e-6)] // 5e-7, clipped
    [InlineData(1, 1e-6)]
    public void The_surer_the_less(double confidence, double rate)
    {
        ILearningRatePolicy policy = LearningRatePolicy.ByConfidence();
        Assert.Equal(rate, policy.At(confidence, 0), 1e-12);
        Assert.Equal(rate, policy.At(confidence, 1_000_000), 1e-12);
    }

    [Fact]
    public void Ttrl_warms_up_and_falls_by_a_cosine()
    {
        ILearningRatePolicy policy = LearningRatePolicy.Ttrl(100); // three updates of warm-up
        Assert.Equal(5e-7 / 3, policy.At(0.7, 0), 1e-15);
        Assert.Equal(5e-7, policy.At(0.7, 2), 1e-15);
        Assert.Equal(5e-7, policy.At(0.7, 3), 1e-15);
        Assert.Equal(2.5e-7, policy.At(0.7, 51), 1e-15); // half of the way from 3 to 99
        Assert.Equal(0, policy.At(0.7, 99), 1e-15);
        Assert.Equal(0, policy.At(0.7, 100));
        Assert.Equal(policy.At(0.7, 40), policy.At(1, 40));
        Assert.All(Enumerable.Range(4, 95), u => Assert.True(policy.At(1, u) < policy.At(1, u - 1)));
        Assert.Equal(5e-7, LearningRatePolicy.Ttrl(1).At(1, 0));
    }

    [Fact]
    public void What_is_no_rate_and_no_confidence_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRatePolicy.ByConfidence(1e-6, 1e-4));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRatePolicy.ByConfidence(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRatePolicy.Ttrl(0));
        foreach (double confidence in new[] { double.NaN, -0.1, 1.1 })
            Assert.Throws<ArgumentOutOfRangeException>(() => LearningRatePolicy.ByConfidence().At(confidence, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => LearningRatePolicy.Ttrl(10).At(1, -1));
    }
}
