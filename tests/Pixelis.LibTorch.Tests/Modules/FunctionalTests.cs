using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Pixelis.LibTorch.Tests;

public sealed class FunctionalTests
{
    [Fact]
    public void LinearMultipliesByTheTransposedWeight()
    {
        using Tensor x = tensor(new float[] { 1, 2 }, [1, 2]);
        using Tensor w = tensor(new float[] { 1, 0, 0, 1, 1, 1 }, [3, 2]);
        Expect.Values(F.linear(x, w, tensor(new float[] { 10, 20, 30 })), 11, 22, 33);
    }

    [Fact]
    public void CrossEntropyIgnoresAndReduces()
    {
        using Tensor scores = tensor(new float[] { 0, 0, 1, 3 }, [2, 2]);
        using Tensor target = tensor(new long[] { 0, 1 });
        Expect.Near(F.cross_entropy(scores, target, reduction: nn.Reduction.None), 1e-6, 0.6931472, 0.1269280);
        Expect.Near(F.cross_entropy(scores, target), 1e-6, 0.4100376);
        Expect.Near(F.cross_entropy(scores, tensor(new long[] { 0, -100 })), 1e-6, 0.6931472);
        Expect.Near(F.mse_loss(scores, zeros_like(scores)), 1e-6, 2.5);
    }

    [Fact]
    public void LayerNormHasMeanZeroAndVarianceOne()
    {
        using Tensor x = tensor(new float[] { 1, 2, 3, 4 }, [1, 4]);
        Expect.Near(F.layer_norm(x, [4]), 1e-4, -1.3416, -0.4472, 0.4472, 1.3416);
        using LayerNorm norm = nn.LayerNorm(4);
        Expect.Near(norm.call(x), 1e-4, -1.3416, -0.4472, 0.4472, 1.3416);
    }

    [Fact]
    public void AttentionIsTheWeightedMeanOfTheValues()
    {
        using Tensor q = zeros([1, 1, 2, 4]), v = tensor(new float[] { 1, 3 }, [1, 1, 2, 1]);
        Expect.Near(F.scaled_dot_product_attention(q, q, v), 1e-6, 2, 2);
        Expect.Near(F.scaled_dot_product_attention(q, q, v, is_casual: true), 1e-6, 1, 2);
        using Tensor mask = tensor(new[] { true, false, false, true }, [2, 2]);
        Expect.Near(F.scaled_dot_product_attention(q, q, v, mask), 1e-6, 1, 3);
        using Tensor added = tensor(new float[] { 0, float.NegativeInfinity, 0, 0 }, [2, 2]);
        Expect.Near(F.scaled_dot_product_attention(q, q, v, added), 1e-6, 1, 2);
        Assert.Throws<ArgumentException>(() => F.scaled_dot_product_attention(q, q, v, mask, is_casual: true));
    }

    [Fact]
    public void EmbeddingLooksUpRows()
    {
        using Embedding table = nn.Embedding_from_pretrained(tensor(new float[] { 1, 2, 3, 4 }, [2, 2]));
        Expect.Values(table.call(tensor(new long[] { 1, 0, 1 })), 3, 4, 1, 2, 3, 4);
        Assert.False(table.weight!.requires_grad);
    }

    [Fact]
    public void ConvolutionsAreCrossCorrelations()
    {
        using Tensor x = arange(9).@float().view(1, 1, 3, 3);
        using Tensor w = ones([1, 1, 2, 2]);
        Expect.Values(F.conv2d(x, w), 8, 12, 20, 24);
        Expect.Shape(F.conv2d(x, w, padding: [1, 1], strides: [2, 2]), 1, 1, 2, 2);
        Expect.Shape(F.conv_transpose2d(x, w, strides: [2, 2]), 1, 1, 6, 6);
        using Conv2d layer = nn.Conv2d(1, 4, 3, padding: 1);
        Expect.Shape(layer.weight, 4, 1, 3, 3);
        Expect.Shape(layer.call(x), 1, 4, 3, 3);
        using Conv3d volume = nn.Conv3d(3, 8, (2, 14, 14), stride: (2, 14, 14), bias: false);
        Expect.Shape(volume.call(zeros([5, 3, 2, 14, 14])), 5, 8, 1, 1, 1);
        using ConvTranspose2d up = nn.ConvTranspose2d(4, 2, 2, stride: 2);
        Expect.Shape(up.call(zeros([1, 4, 3, 3])), 1, 2, 6, 6);
    }

    [Fact]
    public void PaddingStartsWithTheLastDimension()
    {
        using Tensor x = ones([1, 2]);
        Expect.Values(F.pad(x, [1, 2]), 0, 1, 1, 0, 0);
        Expect.Shape(F.pad(x, [0, 0, 1, 1]), 3, 2);
        Expect.Values(F.pad(x, [1, 0], value: 9), 9, 1, 1);
    }

    [Fact]
    public void InterpolationResizes()
    {
        using Tensor x = tensor(new float[] { 0, 1, 2, 3 }, [1, 1, 2, 2]);
        Expect.Values(F.interpolate(x, size: [2, 4]), 0, 0, 1, 1, 2, 2, 3, 3);
        Expect.Values(F.interpolate(x, size: [2, 3], mode: InterpolationMode.Bilinear, align_corners: true), 0, 0.5, 1, 2, 2.5, 3);
        Expect.Shape(F.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Bicubic), 1, 1, 4, 4);
    }

    [Fact]
    public void DropoutKeepsTheMeanAndOnlyWorksInTraining()
    {
        manual_seed(3);
        using Tensor x = ones([10000]);
        using Tensor dropped = F.dropout(x, 0.25);
        Assert.InRange(dropped.mean().item<float>(), 0.95, 1.05);
        Assert.InRange((dropped == 0).sum().item<long>(), 2200, 2800);
        Assert.True(F.dropout(x, 0.25, training: false).allclose(x));
    }

    [Fact]
    public void OneHotAndNormalizeAndCosine()
    {
        Expect.Values(F.one_hot(tensor(new long[] { 2, 0 }), 3), 0, 0, 1, 1, 0, 0);
        Expect.Near(F.normalize(tensor(new float[] { 3, 4 }, [1, 2])), 1e-6, 0.6, 0.8);
        Expect.Near(F.cosine_similarity(tensor(new float[] { 1, 0 }, [1, 2]), tensor(new float[] { 1, 1 }, [1, 2])), 1e-6, 0.70710678);
    }

    [Fact]
    public void FirstValuesHaveTheirSpread()
    {
        manual_seed(1);
        using Tensor w = empty([200, 100]);
        nn.init.kaiming_uniform_(w, Math.Sqrt(5));
        Assert.InRange(w.abs().max().item<float>(), 0.099, 0.1);
        nn.init.normal_(w, 1, 2);
        Assert.InRange(w.std().item<float>(), 1.95, 2.05);
        nn.init.xavier_uniform_(w);
        Assert.InRange(w.abs().max().item<float>(), 0.14, Math.Sqrt(6.0 / 300) + 1e-6);
        nn.init.trunc_normal_(w, std: 0.02);
        Assert.InRange(w.std().item<float>(), 0.019, 0.021);
    }
}
