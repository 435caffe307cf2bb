using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public class RecomputedLayerTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Gradients_are_those_of_kept_activations(bool padded, bool mixed)
    {
        if (mixed && !MixedPrecision.IsAvailable)
            return;
        float[] kept = Gradients(padded, mixed, recompute: false, adapters: false), recomputed = Gradients(padded, mixed, recompute: true, adapters: false);
        AssertClose(kept, recomputed);
    }

    [Fact]
    public void Adapters_with_dropout_over_frozen_weights_get_the_same_gradients()
    {
        float[] kept = Gradients(padded: false, mixed: false, recompute: false, adapters: true);
        AssertClose(kept, Gradients(padded: false, mixed: false, recompute: true, adapters: true));
    }

    // The first forward pass runs without gradients and so through other kernels: the same numbers up to rounding.
    private static void AssertClose(float[] expected, float[] found)
    {
        float largest = expected.Max(Math.Abs);
        Assert.True(largest > 0);
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), p => Assert.Equal(p.First, p.Second, 1e-4f * largest));
    }

    private static float[] Gradients(bool padded, bool mixed, bool recompute, bool adapters)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using QwenModel model = RandomQwenModel.Create(SmallModel.Text(), new RandomWeightsOptions { DataType = ScalarType.Float32, Seed = 4 });
        using var set = new AdapterSet(model);
        if (adapters)
        {
            set.Add("a", new LoraOptions { Rank = 2, Dropout = 0.5 }, seed: 3);
            set.Training = true;
            using IDisposable noGrad = torch.no_grad();
            foreach ((_, TorchSharp.Modules.Parameter parameter) in set.NamedParameters("a"))
                parameter.fill_(0.05); // else B is zero, and A gets no gradient
        }

        torch.manual_seed(9);
        var inputs = new ModelInputs
        {
            InputIds = torch.tensor(new long[] { 3, 4, 5, 6, 7, 8, 9, 10 }, [2, 4]),
            AttentionMask = padded ? torch.tensor(new long[] { 0, 1, 1, 1, 1, 1, 1, 1 }, [2, 4]) : null,
        };
        Tensor logits;
        using (mixed ? MixedPrecision.Begin(DeviceType.CPU) : null)
            logits = model.Forward(inputs, options: new ForwardOptions { RecomputeActivations = recompute }).Logits!;
        logits.to(ScalarType.Float32).pow(2).mean().backward();
        IEnumerable<TorchSharp.Modules.Parameter> parameters = adapters ? set.NamedParameters("a").Select(p => p.Parameter) : model.Module.parameters();
        return [.. parameters.SelectMany(p => p.grad!.data<float>().ToArray())];
    }
}
