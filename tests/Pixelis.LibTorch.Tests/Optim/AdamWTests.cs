using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class AdamWTests
{
    [Fact]
    public void TheFirstStepsAreThoseOfThePaper()
    {
        using Parameter p = nn.Parameter(tensor(new float[] { 1, -2 }));
        using AdamW optimizer = optim.AdamW([p], lr: 0.1, weight_decay: 0.5);
        for (int i = 0; i < 2; i++)
        {
            optimizer.zero_grad();
            (p * tensor(new float[] { 1, -3 })).sum().backward();
            optimizer.step();
        }
        // With a constant gradient the corrected means are g and g^2, so a step is p <- p (1 - lr wd) - lr sign(g).
        Expect.Near(p, 1e-5, (0.95 - 0.1) * 0.95 - 0.1, (-1.9 + 0.1) * 0.95 + 0.1);
    }

    [Fact]
    public void GroupsHaveTheirOwnOptions()
    {
        using Parameter a = nn.Parameter(ones([1])), b = nn.Parameter(ones([1]));
        using AdamW optimizer = optim.AdamW(
            [new AdamW.ParamGroup([a], new AdamW.Options { LearningRate = 0.5 }), new AdamW.ParamGroup([b], new AdamW.Options())], lr: 0.1, weight_decay: 0);
        Assert.Equal([0.5, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        (a + b).sum().backward();
        optimizer.step();
        Expect.Near(a, 1e-5, 0.5);
        Expect.Near(b, 1e-5, 0.9);
        foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            group.LearningRate = 0;
        optimizer.step();
        Expect.Near(a, 1e-5, 0.5);
    }

    [Fact]
    public void StateContinuesInAnotherOptimizer()
    {
        using Parameter p = nn.Parameter(tensor(new float[] { 1 })), q = nn.Parameter(tensor(new float[] { 1 }));
        using AdamW first = optim.AdamW([p], lr: 0.1), second = optim.AdamW([q], lr: 0.2);
        Step(first, p, 1);
        Step(first, p, 2);
        second.load_state_dict(first.state_dict());
        using (no_grad())
            q.copy_(p);
        Step(first, p, 5);
        Step(second, q, 5);
        Expect.Near(q, 1e-6, p.item<float>());
        var state = (AdamW.State)second.state_dict().State[0];
        Assert.Equal(3, state.step);
        Assert.True(state.ApproximatelyEquals(first.state_dict().State[0]));
    }

    [Fact]
    public void AParameterWithoutGradientStays()
    {
        using Parameter p = nn.Parameter(ones([1]));
        using AdamW optimizer = optim.AdamW([p], weight_decay: 0.5);
        optimizer.step();
        Expect.Values(p, 1);
    }

    [Fact]
    public void AmsgradUsesTheLargestMeanSquare()
    {
        using Parameter p = nn.Parameter(ones([1])), q = nn.Parameter(ones([1]));
        using AdamW plain = optim.AdamW([p], lr: 0.1), kept = optim.AdamW([q], lr: 0.1, amsgrad: true);
        foreach (double gradient in (double[])[10, 0.1, 0.1, 0.1])
        {
            Step(plain, p, gradient);
            Step(kept, q, gradient);
        }
        Assert.True(q.item<float>() >= p.item<float>());
    }

    [Fact]
    public void ClippingScalesToTheLimit()
    {
        using Parameter p = nn.Parameter(zeros([2]));
        (p * tensor(new float[] { 3, 4 })).sum().backward();
        Assert.Equal(5, nn.utils.clip_grad_norm_([p], 1), 1e-5);
        Expect.Near(p.grad!, 1e-5, 0.6, 0.8);
        Assert.Equal(1, nn.utils.clip_grad_norm_([p], 10), 1e-5);
        Expect.Near(p.grad!, 1e-5, 0.6, 0.8);
    }

    private static void Step(AdamW optimizer, Parameter parameter, double gradient)
    {
        optimizer.zero_grad();
        (parameter * gradient).sum().backward();
        optimizer.step();
    }
}
