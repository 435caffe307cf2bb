using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

public sealed class CausalAttentionTests
{
    [Theory]
    [InlineData(1, 4, 4, 7, 7)]   // one head a group
    [InlineData(2, 6, 2, 5, 5)]   // grouped queries
    [InlineData(2, 4, 1, 3, 9)]   // one key/value head for all, continuing six cached columns
    [InlineData(1, 2, 1, 300, 310)] // more rows than one block
    [InlineData(3, 4, 2, 1, 8)]   // decoding
    public void It_agrees_with_the_formula(int batch, int heads, int groups, int t, int s)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        Tensor query = torch.randn([batch, heads, t, 8]);
        Tensor key = torch.randn([batch, groups, s, 8]);
        Tensor value = torch.randn([batch, groups, s, 8]);
        bool[,] padded = new bool[batch, s];
        for (int row = 0; row < batch; row++)
        {
            for (int c = 0; c < row; c++)
                padded[row, c] = true;
        }

        float[] expected = Naive(query, key, value, padded, 0.4);
        using IDisposable mode = torch.no_grad();
        using var mask = new AttentionMask(t, Bias(padded), ScalarType.Float32, torch.CPU);
        Tensor actual = CausalAttention.Apply(query, key, value, null, null, mask, 0.4);
        Assert.Equal([batch, t, heads * 8], actual.shape);
        AssertNear(expected, actual);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_shared_prefix_counts_as_if_every_row_had_it(int t)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(2);
        const int Batch = 3, Heads = 6, Groups = 2, Prefix = 5, Own = 6;
        Tensor query = torch.randn([Batch, Heads, t, 8]);
        Tensor prefixKey = torch.randn([1, Groups, Prefix, 8]);
        Tensor prefixValue = torch.randn([1, Groups, Prefix, 8]);
        Tensor key = torch.randn([Batch, Groups, Own, 8]);
        Tensor value = torch.randn([Batch, Groups, Own, 8]);
        bool[,] padded = new bool[Batch, Prefix + Own];
        padded[0, 0] = padded[1, 0] = padded[2, 0] = true;
        Tensor wholeKey = torch.cat([prefixKey.expand(Batch, -1, -1, -1), key], 2);
        Tensor wholeValue = torch.cat([prefixValue.expand(Batch, -1, -1, -1), value], 2);
        using var mask = new AttentionMask(t, Bias(padded), ScalarType.Float32, torch.CPU);
        Tensor actual = CausalAttention.Apply(query, key, value, prefixKey, prefixValue, mask, 0.4);
        AssertNear(Naive(query, wholeKey, wholeValue, padded, 0.4), actual);
    }

    [Fact]
    public void With_gradients_it_computes_the_same_and_a_fully_padded_row_gives_no_nan()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        Tensor query = torch.randn([2, 4, 6, 8]).requires_grad_();
        Tensor key = torch.randn([2, 2, 6, 8]).requires_grad_();
        Tensor value = torch.randn([2, 2, 6, 8]).requires_grad_();
        bool[,] padded = new bool[2, 6];
        for (int c = 0; c < 6; c++)
            padded[1, c] = true;
        using var mask = new AttentionMask(6, Bias(padded), ScalarType.Float32, torch.CPU);
        Tensor trained = CausalAttention.Apply(query, key, value, null, null, mask, 0.4);
        trained.sum().backward();
        Assert.True(trained.isfinite().all().item<bool>());
        Assert.True(key.grad!.isfinite().all().item<bool>());
        using IDisposable mode = torch.no_grad();
        Tensor plain = CausalAttention.Apply(query, key, value, null, null, mask, 0.4);
        Assert.True(plain.isfinite().all().item<bool>());
        AssertNear(plain[0].contiguous().data<float>().ToArray(), trained.detach()[0]);
    }

    private static Tensor Bias(bool[,] padded)
    {
        float[] values = padded.Cast<bool>().Select(p => p ? float.MinValue : 0f).ToArray();
        return torch.tensor(values, [padded.GetLength(0), 1, 1, padded.GetLength(1)]);
    }

    private static float[] Naive(Tensor query, Tensor key, Tensor value, bool[,] padded, double scale)
    {
        (int batch, int heads, int t, int d) = ((int)query.shape[0], (int)query.shape[1], (int)query.shape[2], (int)query.shape[3]);
        (int groups, int s) = ((int)key.shape[1], (int)key.shape[2]);
        float[] q = query.contiguous().data<float>().ToArray();
        float[] k = key.contiguous().data<float>().ToArray();
        float[] v = value.contiguous().data<float>().ToArray();
        var result = new float[batch * t * heads * d];
        for (int b = 0; b < batch; b++)
        {
            for (int h = 0; h < heads; h++)
            {
                int g = h / (heads / groups);
                for (int i = 0; i < t; i++)
                {
                    var weights = new double[s];
                    for (int j = 0; j < s; j++)
                    {
                        double dot = 0;
                        for (int e = 0; e < d; e++)
                            dot += (double)q[((((b * heads) + h) * t) + i) * d + e] * k[((((b * groups) + g) * s) + j) * d + e];
                        bool seen = j <= s - t + i && !padded[b, j];
                        weights[j] = seen ? Math.Exp(dot * scale) : 0;
                    }

                    double sum = weights.Sum();
                    for (int e = 0; e < d; e++)
                    {
                        double mixed = 0;
                        for (int j = 0; j < s; j++)
                            mixed += weights[j] / sum * v[((((b * groups) + g) * s) + j) * d + e];
                        result[((((b * t) + i) * heads) + h) * d + e] = sum == 0 ? float.NaN : (float)mixed;
                    }
                }
            }
        }

        return result;
    }

    /// <summary>Rows that see nothing (NaN in the expectation) are undefined and skipped.</summary>
    private static void AssertNear(float[] expected, Tensor actual)
    {
        float[] values = actual.contiguous().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        int compared = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsNaN(expected[i]))
                continue;
            Assert.True(Math.Abs(expected[i] - values[i]) < 1e-5, $"at {i}: {values[i]} instead of {expected[i]}");
            compared++;
        }

        Assert.True(compared > 0);
    }
}
