using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class OperatorTests
{
    private static Tensor X() => tensor(new float[] { 1, 2, 3, 4 }, [2, 2]);

    [Fact]
    public void ArithmeticWorksElementByElement()
    {
        using Tensor x = X();
        Expect.Values(x + x, 2, 4, 6, 8);
        Expect.Values(x - 1, 0, 1, 2, 3);
        Expect.Values(10 - x, 9, 8, 7, 6);
        Expect.Values(x * 0.5, 0.5, 1, 1.5, 2);
        Expect.Values(12 / x, 12, 6, 4, 3);
        Expect.Values(-x, -1, -2, -3, -4);
        Expect.Values(x % 2, 1, 0, 1, 0);
        Expect.Values(x.div(2, RoundingMode.floor), 0, 1, 1, 2);
        Expect.Values(x.pow(2), 1, 4, 9, 16);
        Expect.Values(x.add(x, 10), 11, 22, 33, 44);
    }

    [Fact]
    public void InPlaceMembersChangeTheTensorAndReturnIt()
    {
        using Tensor x = X();
        Tensor same = x.add_(1).mul_(2);
        Assert.Same(x, same);
        Expect.Values(x, 4, 6, 8, 10);
        x.zero_();
        Expect.Values(x, 0, 0, 0, 0);
        x.fill_(3).clamp_(null, (Scalar)2);
        Expect.Values(x, 2, 2, 2, 2);
    }

    [Fact]
    public void ComparisonsGiveTruthValues()
    {
        using Tensor x = X();
        Assert.Equal(ScalarType.Bool, (x > 2).dtype);
        Expect.Values(x > 2, 0, 0, 1, 1);
        Expect.Values(x == 2, 0, 1, 0, 0);
        Expect.Values((x > 1) & (x < 4), 0, 1, 1, 0);
        Expect.Values(~(x > 1), 1, 0, 0, 0);
        Assert.True(x.allclose(x + 1e-9));
        Assert.False(x.allclose(x + 1));
    }

    [Fact]
    public void MatrixProductsAreRight()
    {
        using Tensor x = X();
        Expect.Values(x.matmul(x), 7, 10, 15, 22);
        Expect.Values(x.mm(x.t()), 5, 11, 11, 25);
        Expect.Values(x.mv(tensor(new float[] { 1, 1 })), 3, 7);
        Expect.Values(x.unsqueeze(0).bmm(x.unsqueeze(0)), 7, 10, 15, 22);
        Expect.Values(ones([2, 2]).addmm(x, x, 2, 1), 9, 12, 17, 24);
        Expect.Values(einsum("ij,kj->ik", x, x), 5, 11, 11, 25);
        Expect.Values(tensor(new float[] { 1, 2 }).outer(tensor(new float[] { 3, 4 })), 3, 4, 6, 8);
    }

    [Fact]
    public void ReductionsAreRight()
    {
        using Tensor x = X();
        Assert.Equal(10, x.sum().item<float>());
        // A literal 0 would convert to the element type Byte and sum everything, here as in TorchSharp.
        Expect.Values(x.sum(0L), 4, 6);
        Expect.Values(x.sum(new long[] { 0, 1 }), 10);
        Expect.Shape(x.sum(-1, keepdim: true), 2, 1);
        Expect.Values(x.mean(new long[] { 1 }), 1.5, 3.5);
        Expect.Values(x.amax(new long[] { 0 }), 3, 4);
        (Tensor values, Tensor indexes) = x.max(1);
        Expect.Values(values, 2, 4);
        Expect.Values(indexes, 1, 1);
        Expect.Values(x.argmax(0), 1, 1);
        Expect.Values(x.cumsum(1), 1, 3, 3, 7);
        Expect.Near(x.logsumexp(1), 1e-6, 2.3132617, 4.3132617);
        Expect.Near(x.softmax(1), 1e-6, 0.26894143, 0.73105857, 0.26894143, 0.73105857);
        Expect.Near(x.log_softmax(-1), 1e-6, -1.3132617, -0.3132617, -1.3132617, -0.3132617);
        Expect.Near(x.std(), 1e-6, 1.2909944);
        Expect.Near(x.var(1, unbiased: false), 1e-6, 0.25, 0.25);
        Expect.Near(x.norm(), 1e-6, 5.4772258);
        Assert.True((x > 0).all().item<bool>());
        Assert.False((x > 4).any().item<bool>());
    }

    [Fact]
    public void SortingAndChoosingAreRight()
    {
        using Tensor x = tensor(new float[] { 3, 1, 2 });
        (Tensor values, Tensor places) = x.sort(descending: true);
        Expect.Values(values, 3, 2, 1);
        Expect.Values(places, 0, 2, 1);
        (Tensor top, Tensor at) = x.topk(2);
        Expect.Values(top, 3, 2);
        Expect.Values(at, 0, 2);
        Expect.Values(x.argsort(), 1, 2, 0);
        (Tensor distinct, Tensor? inverse, Tensor? counts) = tensor(new long[] { 2, 1, 2 }).unique(return_inverse: true, return_counts: true);
        Expect.Values(distinct, 1, 2);
        Expect.Values(inverse!, 1, 0, 1);
        Expect.Values(counts!, 1, 2);
    }

    [Fact]
    public void PointwiseFunctionsAreRight()
    {
        using Tensor x = tensor(new float[] { -1, 0, 2 });
        Expect.Near(x.exp(), 1e-6, 0.36787944, 1, 7.3890561);
        Expect.Near(x.sigmoid(), 1e-6, 0.26894143, 0.5, 0.88079708);
        Expect.Near(x.silu(), 1e-6, -0.26894143, 0, 1.7615942);
        Expect.Near(x.gelu(), 1e-6, -0.15865526, 0, 1.9544997);
        Expect.Values(x.relu(), 0, 0, 2);
        Expect.Values(x.abs(), 1, 0, 2);
        Expect.Near(x.tanh(), 1e-6, -0.76159416, 0, 0.96402758);
        Expect.Near(x.erf(), 1e-6, -0.84270079, 0, 0.99532227);
        Expect.Near(tensor(new float[] { 4, 0.25f }).rsqrt(), 1e-6, 0.5, 2);
        Expect.Values(tensor(new float[] { 0.5f, 1.5f, 2.5f }).round(), 0, 2, 2);
        Expect.Values(tensor(new float[] { float.NaN, 1 }).isnan(), 1, 0);
        Expect.Values(tensor(new float[] { float.PositiveInfinity, 1 }).isfinite(), 0, 1);
    }

    [Fact]
    public void SingularValuesRebuildTheMatrix()
    {
        using Tensor x = tensor(new float[] { 3, 0, 0, 4, 0, 0 }, [2, 3]);
        (Tensor u, Tensor s, Tensor vh) = linalg.svd(x, fullMatrices: false);
        Expect.Near(s, 1e-6, 5, 0);
        Expect.Near(u.matmul(s.diag()).matmul(vh), 1e-5, 3, 0, 0, 4, 0, 0);
    }
}
