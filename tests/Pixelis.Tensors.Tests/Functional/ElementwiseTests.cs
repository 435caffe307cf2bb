using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Tensors.Tests;

public sealed class ElementwiseTests
{
    [Fact]
    public void The_norm_divides_by_the_root_of_the_mean_square()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.tensor(new float[] { 3, 4, 0, 0 }, [1, 4]);
        Tensor weight = torch.tensor(new float[] { 1, 2, 3, 4 });
        float[] y = RootMeanSquareNorm.Apply(x, weight, 0).data<float>().ToArray(); // mean square 25/4, root 2.5
        Assert.Equal(1.2f, y[0], 5);
        Assert.Equal(3.2f, y[1], 5);
        Assert.Equal(0f, y[2]);
        Assert.Equal(0.0, RootMeanSquareNorm.Apply(torch.zeros(1, 4), weight, 1e-6).abs().max().item<float>());
    }

    [Fact]
    public void The_norm_in_bfloat16_rounds_before_the_weight()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        Tensor x = torch.randn([4, 32]).to(ScalarType.BFloat16);
        Tensor weight = torch.randn(32).to(ScalarType.BFloat16);
        Tensor wide = x.to(ScalarType.Float32);
        Tensor expected = (wide * (wide.square().mean([-1], true) + 1e-6).rsqrt()).to(ScalarType.BFloat16) * weight;
        Tensor actual = RootMeanSquareNorm.Apply(x, weight, 1e-6);
        Assert.Equal(ScalarType.BFloat16, actual.dtype);
        Assert.Equal(0f, (actual - expected).abs().max().to(ScalarType.Float32).item<float>());
    }

    [Fact]
    public void Rotation_turns_element_i_with_element_i_plus_half()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor angles = torch.tensor(new float[] { 0.3f, 1.1f }, [1, 2]);
        using RotaryFactors factors = RotaryRotation.FactorsOf(angles, ScalarType.Float32);
        float[] y = RotaryRotation.Apply(torch.tensor(new float[] { 1, 2, 3, 4 }, [1, 4]), factors.Cos, factors.SignedSin).data<float>().ToArray();
        Assert.Equal(Math.Cos(0.3) - (3 * Math.Sin(0.3)), y[0], 5);
        Assert.Equal((2 * Math.Cos(1.1)) - (4 * Math.Sin(1.1)), y[1], 5);
        Assert.Equal((3 * Math.Cos(0.3)) + Math.Sin(0.3), y[2], 5);
        Assert.Equal((4 * Math.Cos(1.1)) + (2 * Math.Sin(1.1)), y[3], 5);
    }

    [Fact]
    public void The_table_and_the_direct_way_give_the_same_factors()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var rope = new RotaryEmbedding(16, 10000, [2, 3, 3], ScalarType.Float32, torch.CPU);
        long[] first = [3, 700];
        using RotaryFactors table = rope.FactorsFrom(first, 2);
        Tensor positions = torch.tensor(new long[] { 3, 4, 700, 701 }, [1, 2, 2]).expand(3, 2, 2);
        using RotaryFactors direct = rope.FactorsAt(positions);
        Assert.Equal([2L, 1L, 2L, 16L], table.Cos.shape);
        Assert.True((table.Cos - direct.Cos).abs().max().item<float>() < 1e-6);
        Assert.True((table.SignedSin - direct.SignedSin).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void Sections_follow_their_axes()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var rope = new RotaryEmbedding(8, 10000, [1, 1, 2], ScalarType.Float32, torch.CPU);
        using RotaryFactors factors = rope.FactorsAt(torch.tensor(new long[] { 5, 7, 11 }, [3, 1, 1]));
        float[] cos = factors.Cos.data<float>().ToArray();
        Assert.Equal(Math.Cos(5), cos[0], 5);
        Assert.Equal(Math.Cos(7 * Math.Pow(10000, -0.25)), cos[1], 5);
        Assert.Equal(Math.Cos(11 * Math.Pow(10000, -0.5)), cos[2], 5);
        Assert.Equal(Math.Cos(11 * Math.Pow(10000, -0.75)), cos[3], 5);
        Assert.Equal(cos[..4], cos[4..]);
    }

    [Fact]
    public void One_row_and_many_rows_map_alike_with_and_without_bias()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.no_grad();
        torch.manual_seed(6);
        Tensor x = torch.randn([5, 1, 12]);
        Tensor weight = torch.randn([7, 12]);
        foreach (Tensor? bias in new[] { null, torch.randn(7) })
        {
            Tensor many = LinearMap.Apply(x, weight, bias);
            Tensor one = LinearMap.Apply(x.narrow(0, 2, 1), weight, bias);
            Assert.Equal([1L, 1L, 7L], one.shape);
            Assert.True((many[2] - one[0]).abs().max().item<float>() < 1e-5);
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(40, true)]
    [InlineData(40, false)]
    public void Gradients_of_a_linear_map_are_those_of_its_products(int rows, bool biased)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.manual_seed(9);
        Tensor Leaf(params long[] shape) => torch.randn(shape).requires_grad_(true);
        Tensor x = Leaf(2, rows, 24), weight = Leaf(17, 24), bias = Leaf(17), up = torch.randn(2, rows, 17);
        Tensor y = LinearMap.Apply(x, weight, biased ? bias : null);
        (y * up).sum().backward();
        Tensor wide = up.reshape(-1, 17).to(ScalarType.Float64), inputs = x.detach().reshape(-1, 24).to(ScalarType.Float64);
        Tensor expected = inputs.matmul(weight.detach().to(ScalarType.Float64).transpose(0, 1)) + (biased ? bias.detach() : torch.zeros(17));
        AssertNear(expected.reshape(2, rows, 17), y.detach());
        AssertNear(wide.matmul(weight.detach().to(ScalarType.Float64)).reshape(2, rows, 24), x.grad!);
        AssertNear(wide.transpose(0, 1).matmul(inputs), weight.grad!);
        Assert.Equal(biased, bias.grad is not null);
        if (biased)
            AssertNear(wide.sum([0L]), bias.grad!);
    }

    [Fact]
    public void A_frozen_weight_or_input_gets_no_gradient()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor x = torch.randn([40, 8]), weight = torch.randn(5, 8), learnt = torch.randn(5, 8).requires_grad_(true), input = torch.randn(40, 8).requires_grad_(true);
        LinearMap.Apply(x, learnt, null).sum().backward();
        LinearMap.Apply(input, weight, null).sum().backward();
        Assert.True(x.grad is null && weight.grad is null);
        AssertNear(x.sum([0L]).expand(5, 8), learnt.grad!);
        AssertNear(weight.sum([0L]).expand(40, 8), input.grad!);
    }

    [Fact]
    public void The_gate_is_silu()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        float y = SiluGate.Apply(torch.tensor(new[] { 2f }), torch.tensor(new[] { 3f })).item<float>();
        Assert.Equal(2 / (1 + Math.Exp(-2)) * 3, y, 5);
    }

    [Fact]
    public void Parameters_carry_the_names_they_are_given_and_nothing_else_is_registered()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using var block = new GatedFeedForward(Layer(6, 4), Layer(6, 4), Layer(4, 6));
        Assert.Equal(
            ["gate_proj.bias", "gate_proj.weight", "up_proj.bias", "up_proj.weight", "down_proj.bias", "down_proj.weight"],
            block.named_parameters().Select(p => p.name).OrderBy(n => Array.IndexOf(["gate", "up_p", "down"], n[..4])).ThenBy(n => n));
        using var sequence = new ModuleSequence<RmsNorm>([new RmsNorm(new Parameter(torch.ones(2)), 1e-6), new RmsNorm(new Parameter(torch.ones(2)), 1e-6)]);
        Assert.Equal(["0.weight", "1.weight"], sequence.named_parameters().Select(p => p.name));
    }

    private static Projection Layer(int outputs, int inputs) => new(new Parameter(torch.randn([outputs, inputs])), new Parameter(torch.zeros(outputs)));

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected.to(ScalarType.Float64) - actual.to(ScalarType.Float64)).abs().max().item<double>() < 1e-4);
    }
}
