using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

public sealed class TokenLogProbsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Log_probabilities_and_entropies_are_those_worked_out_by_hand(bool gradients)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        // Probabilities 1/2, 1/4, 1/4: entropy 1.5 bits. All equal: log 3. One token certain, the others impossible: 0, not NaN.
        Tensor logits = torch.tensor(new[] { MathF.Log(2), 0, 0, 7, 7, 7, 0, float.NegativeInfinity, float.NegativeInfinity }, [3, 3]);
        (Tensor logProbs, Tensor entropies) = TokenLogProbs.WithEntropies(logits, torch.tensor(new long[] { 0, 2, 0 }), gradients);
        Near([-Math.Log(2), -Math.Log(3), 0], logProbs, 1e-6);
        Near([1.5 * Math.Log(2), Math.Log(3), 0], entropies, 1e-6);
    }

    [Theory]
    [InlineData(4, 7)]
    [InlineData(3, 3_000_000)] // a row at a time
    [InlineData(90, 100_000)] // several rows at a time
    public void Both_and_their_gradients_agree_with_a_composition_of_operators(int rows, int vocabulary)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(11);
        Tensor values = torch.randn([rows, vocabulary]) * 3;
        Tensor ids = torch.arange(rows) % 7;
        ids[1] = -100;
        Tensor keep = ids.ge(0).to(ScalarType.Float32), g = torch.randn(rows), h = torch.randn(rows);

        Tensor ours = values.clone().requires_grad_();
        (Tensor logProbs, Tensor entropies) = TokenLogProbs.WithEntropies(ours, ids, entropyGradients: true);
        ((logProbs * g).sum() + (entropies * h).sum()).backward();

        Tensor plain = values.to(ScalarType.Float64).requires_grad_();
        Tensor logs = plain.log_softmax(-1);
        Tensor picked = logs.gather(1, ids.clamp_min(0).unsqueeze(1)).squeeze(1) * keep, entropy = (logs.exp() * logs).sum(1).neg() * keep;
        ((picked * g).sum() + (entropy * h).sum()).backward();

        Near(picked.detach().data<double>().ToArray(), logProbs, 1e-5);
        Near(entropy.detach().data<double>().ToArray(), entropies, 1e-4);
        Assert.InRange((plain.grad! - ours.grad!).abs().max().ToDouble(), 0, 1e-6);
        Assert.Equal(0, ours.grad![1].abs().max().ToDouble());
    }

    [Fact]
    public void Entropies_beside_the_graph_change_neither_log_probabilities_nor_their_gradient()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(12);
        Tensor values = torch.randn([5, 33]), ids = torch.arange(5);
        Tensor alone = values.clone().requires_grad_(), beside = values.clone().requires_grad_();
        Tensor expected = TokenLogProbs.Of(alone, ids);
        (Tensor logProbs, Tensor entropies) = TokenLogProbs.WithEntropies(beside, ids);
        Assert.False(entropies.requires_grad);
        Assert.Equal(expected.data<float>().ToArray(), logProbs.data<float>().ToArray());
        expected.sum().backward();
        logProbs.sum().backward();
        Assert.Equal(alone.grad!.data<float>().ToArray(), beside.grad!.data<float>().ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Half_precision_is_computed_in_float32_and_no_rows_are_no_rows(bool gradients)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor half = torch.tensor(new[] { 1f, 2f, 3f, 4f }, [2, 2]).to(ScalarType.BFloat16).requires_grad_(); // exact in bfloat16
        (Tensor logProbs, Tensor entropies) = TokenLogProbs.WithEntropies(half, torch.tensor(new long[] { 1, 0 }), gradients);
        double p = 1 / (1 + Math.Exp(-1)), spread = -(p * Math.Log(p)) - ((1 - p) * Math.Log(1 - p));
        Near([Math.Log(p), Math.Log(1 - p)], logProbs, 1e-6);
        Near([spread, spread], entropies, 1e-6);
        (logProbs.sum() + entropies.sum()).backward();
        Assert.Equal(ScalarType.BFloat16, half.grad!.dtype);
        (Tensor none, Tensor nothing) = TokenLogProbs.WithEntropies(torch.zeros([0, 4], requires_grad: true), torch.zeros([0], ScalarType.Int64), gradients);
        Assert.Equal((0, 0), (none.numel(), nothing.numel()));
    }

    private static void Near(double[] expected, Tensor actual, double tolerance)
    {
        float[] values = actual.detach().data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(expected[i], values[i], tolerance);
    }
}
