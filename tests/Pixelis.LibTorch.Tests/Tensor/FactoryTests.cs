using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class FactoryTests
{
    [Fact]
    public void ATensorHoldsACopyOfAnArray()
    {
        float[] source = [1, 2, 3, 4, 5, 6];
        using Tensor x = tensor(source, [2, 3]);
        source[0] = 100;
        Expect.Values(x, 1, 2, 3, 4, 5, 6);
        Expect.Shape(x, 2, 3);
        Assert.Equal(ScalarType.Float32, x.dtype);
        Assert.Equal(DeviceType.CPU, x.device_type);
    }

    [Fact]
    public void TypesFollowTheArrayUnlessATypeIsGiven()
    {
        Assert.Equal(ScalarType.Int64, tensor(new long[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.BFloat16, tensor(new[] { 1.5f }, ScalarType.BFloat16).dtype);
        Expect.Values(tensor(new[] { 1.9, -1.9 }, ScalarType.Int64), 1, -1);
    }

    [Fact]
    public void ARectangularArrayKeepsItsDimensions()
    {
        using Tensor x = tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        Expect.Shape(x, 2, 3);
        Expect.Values(x, 1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void TooFewValuesForTheSizesAreRefused() =>
        Assert.Throws<ArgumentException>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));

    [Fact]
    public void ArangeIsIntegerForIntegers()
    {
        Expect.Values(arange(4), 0, 1, 2, 3);
        Assert.Equal(ScalarType.Int64, arange(4).dtype);
        Expect.Values(arange(1, 10, 3), 1, 4, 7);
        Assert.Equal(ScalarType.Float32, arange(0.0, 1.0, 0.5).dtype);
        Expect.Values(arange(0.0, 1.0, 0.25), 0, 0.25, 0.5, 0.75);
    }

    [Fact]
    public void FilledTensorsHaveTheirValue()
    {
        Expect.Values(zeros([2, 2]), 0, 0, 0, 0);
        Expect.Values(ones(3, ScalarType.Int64), 1, 1, 1);
        Expect.Values(full([2], 2.5), 2.5, 2.5);
        Expect.Values(eye(2), 1, 0, 0, 1);
        Expect.Values(linspace(0, 1, 5), 0, 0.25, 0.5, 0.75, 1);
        Expect.Values(zeros([2]).full_like(7), 7, 7);
        Expect.Shape(empty(2, 3, 4), 2, 3, 4);
    }

    [Fact]
    public void TheSameSeedDrawsTheSameNumbers()
    {
        using var first = new Generator(7);
        using var second = new Generator(7);
        using var other = new Generator(8);
        using Tensor a = rand([100], generator: first), b = rand([100], generator: second), c = rand([100], generator: other);
        Assert.True(a.allclose(b, 0, 0));
        Assert.False(a.allclose(c));
        Assert.InRange(a.min().ToDouble(), 0, 1);
        Assert.InRange(a.max().ToDouble(), 0, 1);
    }

    [Fact]
    public void RandomIntegersStayInTheirRange()
    {
        using var generator = new Generator(1);
        using Tensor x = randint(-2, 3, [1000], generator: generator);
        Assert.Equal(ScalarType.Int64, x.dtype);
        Assert.Equal(-2, x.min().item<long>());
        Assert.Equal(2, x.max().item<long>());
        long[] permutation = randperm(10, generator: generator).data<long>().ToArray();
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), permutation.Order());
    }

    [Fact]
    public void RequiresGradIsTakenOver()
    {
        using Tensor x = zeros([2], requires_grad: true);
        Assert.True(x.requires_grad);
        Assert.True(x.is_leaf);
    }
}
