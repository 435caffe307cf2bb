using Pixelis.Modeling;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public class LogitRowsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Chosen_rows_are_those_of_all_rows_and_so_are_their_gradients(bool recompute)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        var inputs = new ModelInputs { InputIds = torch.tensor(new long[] { 3, 4, 5, 6, 7, 8, 9, 10 }, [2, 4]) };
        Tensor rows = torch.tensor(new long[] { 2, 7, 5 });
        Tensor whole = model.Forward(inputs).Logits!.view(8, -1).index_select(0, rows);
        whole.pow(2).sum().backward();
        float[][] expected = Gradients(model);
        ModelOutput output = model.Forward(inputs, options: new ForwardOptions { LogitRows = rows, RecomputeActivations = recompute });
        Assert.Equal([1, 3, 32], output.LastHiddenState.shape);
        Assert.InRange(SmallModel.Difference(whole, output.Logits!), 0, 1e-4f);
        output.Logits!.pow(2).sum().backward();
        float[][] found = Gradients(model);
        Assert.All(expected.Zip(found), p => Assert.All(p.First.Zip(p.Second), g => Assert.Equal(g.First, g.Second, 1e-3f * p.First.Max(Math.Abs) + 1e-6f)));
    }

    [Fact]
    public void Hidden_states_are_whole_beside_chosen_rows()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using ModelOutput all = model.Forward(SmallModel.Tokens(3, 4, 5, 6), options: new ForwardOptions { HiddenStates = true });
        using ModelOutput chosen = model.Forward(SmallModel.Tokens(3, 4, 5, 6), options: new ForwardOptions { HiddenStates = true, LogitRows = torch.tensor(new long[] { 1 }) });
        Assert.Equal(all.HiddenStates.Select(s => s.shape), chosen.HiddenStates.Select(s => s.shape));
        Assert.InRange(SmallModel.Difference(all.Logits![0, 1], chosen.Logits![0]), 0, 1e-5f);
    }

    private static float[][] Gradients(QwenModel model)
    {
        float[][] gradients = [.. model.Module.parameters().Select(p => p.grad!.data<float>().ToArray())];
        foreach (TorchSharp.Modules.Parameter parameter in model.Module.parameters())
            parameter.grad!.zero_();
        return gradients;
    }
}
