using TorchSharp;
using static TorchSharp.torch;
using Slice = TorchSharp.torch.TensorIndex;

namespace Pixelis.LibTorch.Tests;

public sealed class IndexingTests
{
    private static Tensor X() => arange(24).view(2, 3, 4);

    [Fact]
    public void NumbersDropDimensions()
    {
        using Tensor x = X();
        Assert.Equal(23, x[1, 2, 3].item<long>());
        Expect.Values(x[1, 0], 12, 13, 14, 15);
        Expect.Values(x[-1, -1], 20, 21, 22, 23);
        Expect.Shape(x[0], 3, 4);
    }

    [Fact]
    public void RangesAndEllipsisFollowPython()
    {
        using Tensor x = X();
        Expect.Values(x[.., 1..2, ^1], 7, 19);
        Expect.Values(x[Slice.Ellipsis, 0], 0, 4, 8, 12, 16, 20);
        Expect.Values(x[0, Slice.Slice(0, 3, 2), 0], 0, 8);
        Expect.Shape(x[Slice.Ellipsis, Slice.None], 2, 3, 4, 1);
        Expect.Shape(x[Slice.Colon, Slice.Slice(stop: -1)], 2, 2, 4);
        Expect.Values(x[0, 0, Slice.Slice(-2)], 2, 3);
    }

    [Fact]
    public void IndexTensorsAndMasksChoose()
    {
        using Tensor x = X();
        using Tensor order = tensor(new long[] { 2, 0 });
        Expect.Values(x[0, Slice.Tensor(order), 1], 9, 1);
        Expect.Shape(x[Slice.Colon, Slice.Tensor(order)], 2, 2, 4);
        using Tensor mask = x > 21;
        Expect.Values(x[mask], 22, 23);
        using Tensor rows = tensor(new[] { true, false });
        Expect.Shape(x[Slice.Tensor(rows), 0], 1, 4);
        using Tensor plane = tensor(new[] { true, false, false, false, false, true }, [2, 3]);
        Expect.Shape(x[Slice.Tensor(plane), Slice.Slice(1)], 2, 3);
        Expect.Values(x[Slice.Tensor(plane), Slice.Tensor(tensor(new long[] { 3, 1 }))], 3, 21);
    }

    [Fact]
    public void AssigningChangesTheChosenElements()
    {
        using Tensor x = zeros([2, 3]);
        x[0, 1] = tensor(5f);
        x[1] = ones([3]);
        x[Slice.Colon, 2] = tensor(new float[] { 7, 8 });
        Expect.Values(x, 0, 5, 7, 1, 1, 8);
        x[x > 4] = tensor(-1f);
        Expect.Values(x, 0, -1, -1, 1, 1, -1);
        x.index_put_(2, Slice.Single(0), Slice.Slice(1));
        Expect.Values(x, 0, 2, 2, 1, 1, -1);
    }

    [Fact]
    public void AccumulatingAddsRepeatedPlaces()
    {
        using Tensor x = zeros([3]);
        x.index_put_(ones([3]), [tensor(new long[] { 0, 0, 2 })], accumulate: true);
        Expect.Values(x, 2, 0, 1);
    }

    [Fact]
    public void SelectionMembersAreRight()
    {
        using Tensor x = tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);
        using Tensor index = tensor(new long[] { 1, 0 }, [2, 1]);
        Expect.Values(x.gather(1, index), 2, 3);
        Expect.Values(x.scatter(1, index, zeros([2, 1])), 1, 0, 0, 4);
        Expect.Values(x.scatter_add(1, index, ones([2, 1])), 1, 3, 4, 4);
        Expect.Values(x.index_select(1, tensor(new long[] { 1 })), 2, 4);
        Expect.Values(x.index_add(0, tensor(new long[] { 1 }), ones([1, 2]), 1), 1, 2, 4, 5);
        Expect.Values(x.index_copy(0, tensor(new long[] { 0 }), zeros([1, 2])), 0, 0, 3, 4);
        Expect.Values(x.masked_fill(x > 2, -1), 1, 2, -1, -1);
        Expect.Values(x.masked_select(x > 2), 3, 4);
        Expect.Values(where(x > 2, x, zeros_like(x)), 0, 0, 3, 4);
        Expect.Values((x > 2).nonzero(), 1, 0, 1, 1);
        Expect.Values(x.narrow(1, 1, 1), 2, 4);
        Expect.Values(x.select(0, 1), 3, 4);
    }

    [Fact]
    public void AnIndexOutsideIsRefused()
    {
        using Tensor x = X();
        Assert.ThrowsAny<Exception>(() => x[5]);
    }
}
