using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>Instances over the same weights.</summary>
public class QwenModelSharingTests
{
    private static readonly long[] Ids = [1, 2, 3, 4, 5, 6, 7, 8];

    [Fact]
    public void Another_instance_computes_the_same_and_holds_no_weights_of_its_own()
    {
        using QwenModel model = QwenModel.Initialize(SmallModel.Text(), 1, 0.3);
        using QwenModel other = model.ShareWeights();
        Assert.Equal(Logits(model), Logits(other));
        using (no_grad())
            model.Module.parameters().First().mul_(1.5);
        Assert.Equal(Logits(model), Logits(other)); // one memory
        Assert.All(other.Module.parameters(), p => Assert.False(p.requires_grad));
    }

    [Fact]
    public void An_adapter_is_one_instance_s_alone()
    {
        using QwenModel model = QwenModel.Initialize(SmallModel.Text(), 1, 0.3);
        using QwenModel other = model.ShareWeights();
        float[] before = Logits(model);
        using var adapters = new AdapterSet(other);
        adapters.Add("a", new LoraOptions { Rank = 2 });
        using (no_grad())
            adapters.NamedParameters("a").Last().Parameter.fill_(0.5);
        Assert.NotEqual(before, Logits(other));
        Assert.Equal(before, Logits(model));
    }

    [Fact]
    public void Either_may_go_first()
    {
        QwenModel model = QwenModel.Initialize(SmallModel.Text(), 1, 0.3);
        QwenModel other = model.ShareWeights();
        float[] before = Logits(model);
        model.Dispose();
        Assert.Equal(before, Logits(other));
        QwenModel third = other.ShareWeights();
        third.Dispose();
        Assert.Equal(before, Logits(other));
        other.Dispose();
    }

    [Fact]
    public async Task Passes_of_two_instances_may_overlap()
    {
        using QwenModel model = QwenModel.Initialize(SmallModel.Text(), 1, 0.3);
        using QwenModel other = model.ShareWeights();
        float[] expected = Logits(model);
        float[][] found = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Task.Run(() => Enumerable.Range(0, 20).Select(_ => Logits(i == 0 ? model : other)).Last())));
        Assert.All(found, logits => Assert.Equal(expected, logits));
    }

    private static float[] Logits(QwenModel model)
    {
        using IDisposable mode = inference_mode();
        using DisposeScope scope = NewDisposeScope();
        return model.Forward(new ModelInputs { InputIds = tensor(Ids, [1, Ids.Length]) }).Logits!.to(ScalarType.Float32).contiguous().data<float>().ToArray();
    }
}
