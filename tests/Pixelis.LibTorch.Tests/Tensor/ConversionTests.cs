using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class ConversionTests
{
    [Fact]
    public void ConvertingChangesTheType()
    {
        using Tensor x = tensor(new float[] { 1.5f, -2.7f });
        Expect.Values(x.to(ScalarType.Int64), 1, -2);
        Assert.Equal(ScalarType.BFloat16, x.bfloat16().dtype);
        Assert.Equal(ScalarType.Float16, x.half().dtype);
        Expect.Values(x.to_type(ScalarType.Bool), 1, 1);
        Expect.Values(tensor(new[] { 1.00390625f }).bfloat16().@float(), 1.0);
    }

    [Fact]
    public void ItemReadsTheOnlyElement()
    {
        Assert.Equal(3.5f, tensor(3.5f).item<float>());
        Assert.Equal(7L, tensor(new long[] { 7 }).item<long>());
        Assert.Throws<ArgumentException>(() => zeros([2]).item<float>());
        Assert.Throws<ArgumentException>(() => tensor(1f).item<long>());
        Assert.Equal(2.5, tensor(2.5f).ToDouble());
        Assert.Equal(2, (int)tensor(2L));
    }

    [Fact]
    public void BytesAreTheTensorsOwnMemory()
    {
        using Tensor x = zeros([2]);
        x.bytes[3] = 0x3F;
        x.bytes[2] = 0x80;
        Expect.Values(x, 1, 0);
        Assert.Equal(8, x.bytes.Length);
    }

    [Fact]
    public void AccessorsReadInRowMajorOrder()
    {
        using Tensor x = arange(6).view(2, 3).t();
        Assert.Equal([0, 3, 1, 4, 2, 5], x.data<long>().ToArray());
        Assert.Equal(4, x.data<long>()[1, 1]);
    }

    [Fact]
    public void ConvertingToTheSameKeepsTheMemory()
    {
        using Tensor x = zeros([2]);
        using Tensor same = x.to(ScalarType.Float32);
        same.fill_(1);
        Expect.Values(x, 1, 1);
        using Tensor copy = x.to(ScalarType.Float32, copy: true);
        copy.fill_(2);
        Expect.Values(x, 1, 1);
    }
}
