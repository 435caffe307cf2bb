using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>Conversations packed into one row are what they are alone.</summary>
public class PackedSequencesTests
{
    private static readonly long[][] Conversations = [SmallModel.WithImage, [8, 9, 10, 11, 12], [.. SmallModel.WithImage, 13], [14]];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void States_and_gradients_are_those_of_each_alone(bool recompute)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        var options = new ForwardOptions { RecomputeActivations = recompute };
        Tensor[] alone = [.. Conversations.Select(ids => model.Forward(Alone(ids)).Logits!.squeeze(0))];
        Tensor expected = torch.cat(alone, 0);
        expected.pow(2).sum().backward();
        float[][] gradients = Gradients(model);

        Tensor found = model.Forward(Packed(), options: options).Logits!.squeeze(0);
        Assert.InRange(SmallModel.Difference(expected, found), 0, 2e-4f);
        found.pow(2).sum().backward();
        Assert.All(gradients.Zip(Gradients(model)), p => Assert.All(p.First.Zip(p.Second), g => Assert.Equal(g.First, g.Second, 2e-3f * p.First.Max(Math.Abs) + 1e-5f)));
    }

    [Fact]
    public void Nothing_of_a_neighbour_is_seen()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        Tensor first = model.Forward(SmallModel.Tokens(3, 4, 5, 6, 7) with { SequenceLengths = [2, 3] }).Logits!;
        Tensor second = model.Forward(SmallModel.Tokens(9, 8, 5, 6, 7) with { SequenceLengths = [2, 3] }).Logits!;
        Assert.Equal(0, SmallModel.Difference(first.narrow(1, 2, 3), second.narrow(1, 2, 3)));
        Assert.NotEqual(0, SmallModel.Difference(first.narrow(1, 0, 2), second.narrow(1, 0, 2)));
    }

    [Fact]
    public void What_cannot_be_packed_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        ModelInputs row = SmallModel.Tokens(3, 4, 5, 6);
        Assert.Contains("2 + 1 tokens, the row 4", Refused(row with { SequenceLengths = [2, 1] }));
        Assert.Contains("4 + 0 tokens", Refused(row with { SequenceLengths = [4, 0] }));
        Assert.Contains("one row", Refused(row with { SequenceLengths = [2, 2], AttentionMask = torch.ones([1, 4], dtype: ScalarType.Int64) }));
        Assert.Contains("one row", Refused(new ModelInputs { InputIds = row.InputIds.view(2, 2), SequenceLengths = [2, 2] }));
        using KeyValueCache cache = model.CreateCache(1, 8);
        Assert.Contains("no cache", Assert.Throws<ModelInputException>(() => model.Forward(row with { SequenceLengths = [2, 2] }, cache)).Message);

        string Refused(ModelInputs inputs) => Assert.Throws<ModelInputException>(() => model.Forward(inputs)).Message;
    }

    private static ModelInputs Alone(long[] ids) => HasImage(ids)
        ? SmallModel.Tokens(ids) with { PixelValues = SmallModel.Pixels(48), ImageGrids = [new VisionGrid(1, 8, 6)] }
        : SmallModel.Tokens(ids);

    private static ModelInputs Packed()
    {
        int images = Conversations.Count(HasImage);
        return SmallModel.Tokens([.. Conversations.SelectMany(ids => ids)]) with
        {
            SequenceLengths = [.. Conversations.Select(ids => ids.Length)],
            PixelValues = torch.cat([.. Enumerable.Range(0, images).Select(_ => SmallModel.Pixels(48))], 0),
            ImageGrids = [.. Enumerable.Repeat(new VisionGrid(1, 8, 6), images)],
        };
    }

    private static bool HasImage(long[] ids) => ids.Contains(SmallModel.Image);

    private static float[][] Gradients(QwenModel model)
    {
        float[][] gradients = [.. model.Module.parameters().Select(p => p.grad!.data<float>().ToArray())];
        foreach (TorchSharp.Modules.Parameter parameter in model.Module.parameters())
            parameter.grad!.zero_();
        return gradients;
    }
}
