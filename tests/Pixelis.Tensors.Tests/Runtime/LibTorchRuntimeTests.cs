#if LIBTORCH
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

/// <summary>The fused kernels against the composed operators, forward and backward, and what they promise about bits.</summary>
public sealed class LibTorchRuntimeTests
{
    private static readonly ITensorRuntime s_fused = new LibTorchRuntime();
    private static readonly ITensorRuntime s_composed = new TorchSharpRuntime();

    public static TheoryData<ScalarType, double> Types => new() { { ScalarType.Float32, 4e-6 }, { ScalarType.BFloat16, 2e-2 } };

    [Theory]
    [MemberData(nameof(Types))]
    public void Products_agree_for_odd_sizes(ScalarType type, double tolerance)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(1);
        foreach (int rows in new[] { 1, 2, 5, 9, 33, 70 })
        {
            foreach ((int columns, int outputs) in new[] { (7, 5), (64, 13), (100, 100), (1056, 33), (2816, 96) })
            {
                Tensor x = torch.randn([rows, columns]).to(type);
                Tensor weight = (torch.randn([outputs, columns]) / Math.Sqrt(columns)).to(type);
                Tensor bias = torch.randn(outputs).to(type);
                // float64 is the referee: two float32 products may both be right and differ.
                Tensor exact = x.to(ScalarType.Float64).matmul(weight.to(ScalarType.Float64).t()) + bias.to(ScalarType.Float64);
                AssertNear(exact, s_fused.Linear(x, weight, bias), tolerance, $"{type} {rows}x{columns}x{outputs}");
            }
        }
    }

    [Fact]
    public void A_row_of_a_product_does_not_depend_on_the_rows_beside_it()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(2);
        foreach ((int columns, int outputs) in new[] { (64, 100), (1030, 37), (2816, 33) })
        {
            Tensor x = torch.randn([80, columns]);
            Tensor weight = torch.randn([outputs, columns]);
            Tensor all = s_fused.Linear(x, weight, null);
            foreach (int rows in new[] { 1, 2, 3, 8, 31, 32, 50 })
                AssertSame(all.narrow(0, 11, rows), s_fused.Linear(x.narrow(0, 11, rows), weight, null));
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Norm_gate_and_rotation_agree_with_gradients(ScalarType type, double tolerance)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(3);
        foreach (int width in new[] { 8, 20, 64, 128 })
        {
            Tensor x = torch.randn([2, 9, width]).to(type);
            Tensor y = torch.randn([2, 9, width]).to(type);
            Tensor weight = torch.randn(width).to(type);
            AssertAlike(r => (t => r.RootMeanSquareNorm(t[0], t[1], 1e-6)), [x, weight], tolerance);
            AssertAlike(r => (t => r.SiluGate(t[0], t[1])), [x, y], tolerance);
            RotaryFactors factors = RotaryRotation.FactorsOf(torch.randn([2, 1, 3, width / 2]), type);
            AssertAlike(r => (t => r.Rotate(t[0].view(2, 3, 3, width).transpose(1, 2), factors.Cos, factors.SignedSin)), [x], tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Attention_agrees_with_gradients(ScalarType type, double tolerance)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(4);
        foreach ((int heads, int groups, int size) in new[] { (4, 2, 64), (8, 2, 16), (3, 3, 80), (7, 1, 20) })
        {
            foreach (int length in new[] { 1, 5, 64, 97 })
            {
                Tensor query = torch.randn([2, heads, length, size]).to(type);
                Tensor key = torch.randn([2, groups, length, size]).to(type);
                Tensor value = torch.randn([2, groups, length, size]).to(type);
                using var mask = new AttentionMask(length, null, type, torch.CPU);
                AssertAlike(r => (t => r.CausalAttention(t[0], t[1], t[2], null, null, mask, 0.2)), [query, key, value], 2 * tolerance);
                if (heads == groups)
                    AssertAlike(r => (t => r.FullAttention(t[0], t[1], t[2], 0.2)), [query, key, value], 2 * tolerance);
            }
        }
    }

    [Fact]
    public void Padding_on_the_left_changes_no_bit()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(5);
        const int length = 70;
        const int padding = 37;
        (Tensor query, Tensor key, Tensor value) = (torch.randn([1, 4, length, 64]), torch.randn([1, 2, length, 64]), torch.randn([1, 2, length, 64]));
        using var plain = new AttentionMask(length, null, ScalarType.Float32, torch.CPU);
        Tensor alone = s_fused.CausalAttention(query, key, value, null, null, plain, 0.125);
        Tensor bias = torch.cat([torch.full([1, 1, 1, padding], ElementTypes.LowestFinite(ScalarType.Float32)), torch.zeros([1, 1, 1, length])], 3);
        using var padded = new AttentionMask(length + padding, bias, ScalarType.Float32, torch.CPU);
        Tensor beside = s_fused.CausalAttention(Pad(query), Pad(key), Pad(value), null, null, padded, 0.125);
        AssertSame(alone, beside.narrow(1, padding, length));

        static Tensor Pad(Tensor x) => torch.cat([torch.randn([1, x.shape[1], padding, 64]), x], 2);
    }

    [Fact]
    public void Padding_between_columns_is_honoured()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(6);
        (Tensor query, Tensor key, Tensor value) = (torch.randn([1, 2, 1, 16]), torch.randn([1, 2, 5, 16]), torch.randn([1, 2, 5, 16]));
        float lowest = (float)ElementTypes.LowestFinite(ScalarType.Float32);
        using var mask = new AttentionMask(1, torch.tensor(new[] { lowest, 0, lowest, 0, 0 }, [1, 1, 1, 5]), ScalarType.Float32, torch.CPU);
        Tensor index = torch.tensor(new long[] { 1, 3, 4 });
        using var none = new AttentionMask(1, null, ScalarType.Float32, torch.CPU);
        Tensor expected = s_composed.CausalAttention(query, key.index_select(2, index), value.index_select(2, index), null, null, none, 0.25);
        AssertNear(expected, s_fused.CausalAttention(query, key, value, null, null, mask, 0.25), 1e-5, "a hole at column 2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(130)]
    public void A_shared_prefix_gives_the_bits_of_a_prefix_of_ones_own(int prefix)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(7);
        (Tensor sharedKey, Tensor sharedValue) = (torch.randn([1, 2, prefix, 64]), torch.randn([1, 2, prefix, 64]));
        (Tensor query, Tensor key, Tensor value) = (torch.randn([5, 8, 3, 64]), torch.randn([5, 2, 9, 64]), torch.randn([5, 2, 9, 64]));
        using var mask = new AttentionMask(3, null, ScalarType.Float32, torch.CPU);
        Tensor whole = s_fused.CausalAttention(query, Join(sharedKey, key), Join(sharedValue, value), null, null, mask, 0.125);
        AssertSame(whole, s_fused.CausalAttention(query, key, value, sharedKey, sharedValue, mask, 0.125));
        Tensor composed = s_composed.CausalAttention(query, key, value, sharedKey, sharedValue, mask, 0.125);
        AssertNear(composed, whole, 1e-5, "composed");

        static Tensor Join(Tensor shared, Tensor own) => torch.cat([shared.expand(own.shape[0], -1, -1, -1), own], 2);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Log_probabilities_agree_with_gradients_and_skip_negative_ids(ScalarType type, double tolerance)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(8);
        foreach (int vocabulary in new[] { 5, 100, 4096 })
        {
            Tensor ids = torch.tensor(new long[] { 0, 4, -100, 2 });
            AssertAlike(r => (t => r.TokenLogProbs(t[0], ids)), [(torch.randn([4, vocabulary]) * 4).to(type)], tolerance);
        }
    }

    private static void AssertAlike(Func<ITensorRuntime, Func<Tensor[], Tensor>> operation, Tensor[] inputs, double tolerance)
    {
        Tensor[] fused = Run(operation(s_fused), inputs);
        Tensor[] composed = Run(operation(s_composed), inputs);
        for (int i = 0; i < fused.Length; i++)
            AssertNear(composed[i], fused[i], tolerance, i == 0 ? "result" : $"gradient {i - 1}");
        using IDisposable mode = torch.no_grad();
        AssertNear(composed[0], operation(s_fused)(inputs), tolerance, "without gradients");
    }

    private static Tensor[] Run(Func<Tensor[], Tensor> operation, Tensor[] inputs)
    {
        Tensor[] leaves = [.. inputs.Select(input => input.detach().clone().requires_grad_())];
        Tensor result = operation(leaves);
        torch.manual_seed(99);
        (result * torch.randn(result.shape).to(result.dtype)).sum().backward();
        return [result.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }

    private static void AssertNear(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        Tensor reference = expected.to(ScalarType.Float64);
        double largest = Math.Max(1, reference.abs().max().item<double>());
        double difference = (actual.to(ScalarType.Float64) - reference).abs().max().item<double>();
        Assert.True(difference <= tolerance * largest, $"{what}: {difference} against a largest value of {largest}");
    }

    private static void AssertSame(Tensor expected, Tensor actual) =>
        Assert.Equal(expected.contiguous().data<float>().ToArray(), actual.contiguous().data<float>().ToArray());
}
#endif
