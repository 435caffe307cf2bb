using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void ViewsShareMemory()
    {
        using Tensor x = zeros([2, 3]);
        using Tensor view = x.view(3, 2);
        view.fill_(1);
        Expect.Values(x, 1, 1, 1, 1, 1, 1);
        using Tensor copy = x.clone();
        copy.zero_();
        Assert.Equal(6, x.sum().item<float>());
    }

    [Fact]
    public void ShapesChangeAsAsked()
    {
        using Tensor x = arange(24);
        Expect.Shape(x.reshape(2, -1, 4), 2, 3, 4);
        using Tensor y = x.view(2, 3, 4);
        Expect.Shape(y.transpose(0, 2), 4, 3, 2);
        Expect.Shape(y.permute(2, 0, 1), 4, 2, 3);
        Expect.Shape(y.unsqueeze(1), 2, 1, 3, 4);
        Expect.Shape(y.unsqueeze(1).squeeze(1), 2, 3, 4);
        Expect.Shape(y.flatten(1), 2, 12);
        Expect.Shape(y.unsqueeze(0).expand(5, -1, -1, -1), 5, 2, 3, 4);
        Assert.Equal([12, 4, 1], y.stride());
        Assert.False(y.transpose(0, 1).is_contiguous());
        Assert.True(y.transpose(0, 1).contiguous().is_contiguous());
        Assert.Equal(4, y.size(-1));
    }

    [Fact]
    public void JoiningAndSplittingAreInverse()
    {
        using Tensor x = arange(10).view(2, 5);
        Tensor[] parts = x.split(new long[] { 2, 3 }, 1);
        Expect.Values(parts[0], 0, 1, 5, 6);
        Expect.Values(parts[1], 2, 3, 4, 7, 8, 9);
        Assert.True(cat(parts, 1).eq(x).all().item<bool>());
        Tensor[] chunks = x.chunk(2, 1);
        Expect.Shape(chunks[0], 2, 3);
        Expect.Shape(chunks[1], 2, 2);
        Tensor[] rows = x.unbind(0);
        Expect.Values(rows[1], 5, 6, 7, 8, 9);
        Expect.Shape(stack(rows, 1), 5, 2);
    }

    [Fact]
    public void RepeatingCopies()
    {
        using Tensor x = tensor(new long[] { 1, 2 });
        Expect.Values(x.repeat(2), 1, 2, 1, 2);
        Expect.Values(x.repeat_interleave(2), 1, 1, 2, 2);
        Expect.Values(x.repeat_interleave(tensor(new long[] { 1, 3 })), 1, 2, 2, 2);
    }

    [Fact]
    public void TrianglesAreRight()
    {
        using Tensor x = ones([2, 2]);
        Expect.Values(x.tril(), 1, 0, 1, 1);
        Expect.Values(x.triu(1), 0, 1, 0, 0);
    }
}
