using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public class QwenModelInitializeTests
{
    [Fact]
    public void The_seed_decides_the_weights_which_are_float32_and_trainable()
    {
        using QwenModel one = QwenModel.Initialize(SmallModel.Text(), seed: 5), same = QwenModel.Initialize(SmallModel.Text(), seed: 5), other = QwenModel.Initialize(SmallModel.Text(), seed: 6);
        Assert.Equal(ScalarType.Float32, one.DataType);
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in one.Module.named_parameters())
        {
            Assert.True(parameter.requires_grad, name);
            Assert.True(parameter.eq(same.Module.get_parameter(name)!).all().ToBoolean(), name);
        }
        Assert.False(one.Module.get_parameter("model.embed_tokens.weight")!.eq(other.Module.get_parameter("model.embed_tokens.weight")!).all().ToBoolean());
    }

    [Fact]
    public void Matrices_have_the_deviation_asked_for_and_norms_are_one()
    {
        using QwenModel model = QwenModel.Initialize(SmallModel.Text(), seed: 1, standardDeviation: 0.1);
        using Tensor deviation = model.Module.get_parameter("model.embed_tokens.weight")!.std();
        Assert.InRange(deviation.ToSingle(), 0.095f, 0.105f);
        Assert.Equal(1, model.Module.get_parameter("model.norm.weight")!.min().ToSingle());
    }
}
