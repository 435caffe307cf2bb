using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Tests;

public sealed class AutogradTests
{
    [Fact]
    public void BackwardFillsTheLeaves()
    {
        using Tensor w = tensor(new float[] { 1, 2, 3 }, requires_grad: true);
        (w * w).sum().backward();
        Expect.Values(w.grad!, 2, 4, 6);
        (w * 3).sum().backward();
        Expect.Values(w.grad!, 5, 7, 9);
        w.grad = null;
        Assert.Null(w.grad);
    }

    [Fact]
    public void GradReturnsGradientsAndLeavesLeavesAlone()
    {
        using Tensor x = tensor(2f, requires_grad: true);
        using Tensor y = tensor(3f, requires_grad: true);
        IList<Tensor> gradients = autograd.grad([x * x * y], [x, y]);
        Assert.Equal(12, gradients[0].item<float>());
        Assert.Equal(4, gradients[1].item<float>());
        Assert.Null(x.grad);
        Tensor first = autograd.grad([x * x * x], [x], retain_graph: true, create_graph: true)[0];
        Assert.Equal(12, autograd.grad([first], [x])[0].item<float>());
    }

    [Fact]
    public void ModesStopRecording()
    {
        using Tensor x = tensor(2f, requires_grad: true);
        Assert.True(is_grad_enabled());
        using (no_grad())
        {
            Assert.False(is_grad_enabled());
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
        }
        Assert.True(is_grad_enabled());
        using (inference_mode())
            Assert.False((x * 2).requires_grad);
        Assert.True((x * 2).requires_grad);
        Assert.False((x * 2).is_leaf);
        Assert.False((x * 2).detach().requires_grad);
    }

    [Fact]
    public void AFunctionWrittenHereTakesPart()
    {
        using Tensor x = tensor(new float[] { 1, 2, 3 }, requires_grad: true);
        using Tensor y = Cube.apply(x, 2.0);
        Expect.Values(y, 2, 16, 54);
        (y * tensor(new float[] { 1, 1, 2 })).sum().backward();
        Expect.Values(x.grad!, 6, 24, 108);
    }

    [Fact]
    public void AFunctionWithSeveralResultsTakesPart()
    {
        using Tensor a = tensor(2f, requires_grad: true);
        using Tensor b = tensor(5f, requires_grad: true);
        List<Tensor> results = SumAndProduct.apply(a, b);
        Assert.Equal(7, results[0].item<float>());
        Assert.Equal(10, results[1].item<float>());
        results[1].backward();
        Assert.Equal(5, a.grad!.item<float>());
        Assert.Equal(2, b.grad!.item<float>());
    }

    private sealed class Cube : autograd.SingleTensorFunction<Cube>
    {
        public override string Name => nameof(Cube);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            var x = (Tensor)vars[0];
            ctx.save_for_backward([x]);
            ctx.save_data("factor", vars[1]);
            return x.pow(3) * (double)vars[1];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) =>
            [grad_output * ctx.get_saved_variables()[0].pow(2) * (3 * (double)ctx.get_data("factor")!), null!];
    }

    private sealed class SumAndProduct : autograd.MultiTensorFunction<SumAndProduct>
    {
        public override string Name => nameof(SumAndProduct);

        public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_for_backward([(Tensor)vars[0], (Tensor)vars[1]]);
            return [(Tensor)vars[0] + (Tensor)vars[1], (Tensor)vars[0] * (Tensor)vars[1]];
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
        {
            List<Tensor> saved = ctx.get_saved_variables();
            return [grad_outputs[0] + grad_outputs[1] * saved[1], grad_outputs[0] + grad_outputs[1] * saved[0]];
        }
    }
}
