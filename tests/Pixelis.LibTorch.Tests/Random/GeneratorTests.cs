using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class GeneratorTests
{
    [Fact]
    public void AStateContinuesTheStream()
    {
        using var generator = new Generator(5);
        using Tensor skipped = rand([3], generator: generator);
        using Tensor state = generator.get_state();
        using Tensor expected = rand([8], generator: generator);
        generator.set_state(state);
        using Tensor actual = rand([8], generator: generator);
        Assert.True(actual.allclose(expected, 0, 0));
        Assert.Equal(5, generator.initial_seed());
    }

    [Fact]
    public void MultinomialFollowsTheProbabilities()
    {
        using var generator = new Generator(2);
        using Tensor weights = tensor(new float[] { 0, 1, 3 });
        long[] draws = weights.multinomial(4000, true, generator).data<long>().ToArray();
        Assert.DoesNotContain(0, draws);
        Assert.InRange(draws.Count(draw => draw == 2), 2850, 3150);
    }
}
