using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public sealed class QwenModelForwardTests
{
    private const float Tolerance = 2e-4f;

    [Theory]
    [InlineData(QwenArchitecture.Qwen2)]
    [InlineData(QwenArchitecture.Qwen3)]
    [InlineData(QwenArchitecture.Qwen25Vision)]
    public void Reading_in_pieces_gives_what_reading_at_once_gives(QwenArchitecture architecture)
    {
        using QwenModel model = SmallModel.Create(architecture == QwenArchitecture.Qwen25Vision ? SmallModel.Vision() : SmallModel.Text(architecture));
        long[] ids = [5, 9, 13, 2, 40, 33, 21, 8, 11];
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        Tensor whole = Logits(model, SmallModel.Tokens(ids), null);
        using KeyValueCache cache = model.CreateCache(1, 16);
        Tensor first = Logits(model, SmallModel.Tokens(ids[..4]), cache);
        Tensor second = Logits(model, SmallModel.Tokens(ids[4..7]), cache);
        Tensor third = Logits(model, SmallModel.Tokens(ids[7..8]), cache);
        Tensor fourth = Logits(model, SmallModel.Tokens(ids[8..]), cache);
        Assert.True(SmallModel.Difference(whole, torch.cat([first, second, third, fourth], 1)) < Tolerance);
    }

    [Fact]
    public void A_picture_that_comes_later_gives_what_it_gives_at_once()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        Tensor whole = Logits(model, SmallModel.WithImageInputs(9, 10), null);
        using KeyValueCache cache = model.CreateCache(1, 32);
        long[] ids = [.. SmallModel.WithImage, 9, 10];
        Tensor first = Logits(model, SmallModel.Tokens(ids[..2]), cache);
        Tensor second = Logits(model, SmallModel.Tokens(ids[2..17]) with { PixelValues = SmallModel.Pixels(48), ImageGrids = [new VisionGrid(1, 8, 6)] }, cache);
        Tensor third = Logits(model, SmallModel.Tokens(ids[17..]), cache);
        Assert.True(SmallModel.Difference(whole, torch.cat([first, second, third], 1)) < Tolerance);
        Assert.Equal(ids.Length - 12 + 4, cache.NextPosition(0)); // the picture is 4 units high and 3 wide: it takes 4 positions
    }

    [Fact]
    public void The_picture_matters_and_its_placeholders_do_not()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        ModelInputs inputs = SmallModel.WithImageInputs();
        Tensor seen = Logits(model, inputs, null);
        Tensor other = Logits(model, inputs with { PixelValues = inputs.PixelValues! * -1 }, null);
        Assert.True(SmallModel.Difference(seen.narrow(1, 17, 1), other.narrow(1, 17, 1)) > 1e-2);
        using (torch.inference_mode(false))
        using (torch.no_grad())
            model.Network.Decoder.Embedding.Weight[SmallModel.Image] = 100f;
        using ModelOutput unchanged = model.Forward(inputs, options: new ForwardOptions { Logits = LogitsSelection.None });
        Assert.Null(unchanged.Logits);
        Tensor again = Logits(model, inputs, null);
        Assert.True(SmallModel.Difference(seen.narrow(2, 0, 60), again.narrow(2, 0, 60)) < Tolerance);
    }

    [Fact]
    public void An_image_and_a_video_in_one_prompt_do_not_disturb_each_other()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        long[] video = [SmallModel.VisionStart, .. Enumerable.Repeat((long)SmallModel.Video, 8), SmallModel.VisionEnd];
        long[] image = [SmallModel.VisionStart, .. Enumerable.Repeat((long)SmallModel.Image, 12), SmallModel.VisionEnd];
        Tensor pixels = SmallModel.Pixels(80);
        ModelInputs both = SmallModel.Tokens([2, .. video, .. image, 3]) with
        {
            PixelValues = pixels.narrow(0, 0, 48),
            ImageGrids = [new VisionGrid(1, 8, 6)],
            PixelValuesVideos = pixels.narrow(0, 48, 32),
            VideoGrids = [new VisionGrid(2, 4, 4)],
            SecondsPerGrid = [1.5],
        };
        Tensor all = Logits(model, both, null);
        Tensor front = Logits(
            model,
            SmallModel.Tokens([2, .. video]) with { PixelValuesVideos = both.PixelValuesVideos, VideoGrids = both.VideoGrids, SecondsPerGrid = [1.5] },
            null);
        Assert.True(SmallModel.Difference(all.narrow(1, 0, 11), front) < Tolerance);
    }

    [Fact]
    public void Left_padding_changes_nothing_with_and_without_the_cache()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        Tensor alone = Logits(model, SmallModel.Tokens(7, 8, 9), null);
        var padded = new ModelInputs
        {
            InputIds = torch.tensor(new long[] { 0, 0, 7, 8, 9, 1, 2, 3, 4, 5 }, [2, 5]),
            AttentionMask = torch.tensor(new long[] { 0, 0, 1, 1, 1, 1, 1, 1, 1, 1 }, [2, 5]),
        };
        Assert.True(SmallModel.Difference(alone[0], Logits(model, padded, null)[0].narrow(0, 2, 3)) < Tolerance);
        using KeyValueCache cache = model.CreateCache(2, 8);
        Logits(model, padded, cache);
        Tensor next = Logits(model, new ModelInputs { InputIds = torch.tensor(new long[] { 11, 12 }, [2, 1]) }, cache);
        Tensor expected = Logits(model, SmallModel.Tokens(7, 8, 9, 11), null);
        Assert.True(SmallModel.Difference(expected[0, 3], next[0, 0]) < Tolerance);
    }

    [Fact]
    public void A_rewound_cache_continues_as_if_nothing_had_happened()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        using KeyValueCache cache = model.CreateCache(1, 16);
        Logits(model, SmallModel.Tokens(1, 2, 3, 4, 5), cache);
        cache.Truncate(3);
        Tensor again = Logits(model, SmallModel.Tokens(9), cache);
        Assert.True(SmallModel.Difference(Logits(model, SmallModel.Tokens(1, 2, 3, 9), null).narrow(1, 3, 1), again) < Tolerance);
    }

    [Fact]
    public void Rows_that_join_later_decode_as_alone()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        using KeyValueCache first = model.CreateCache(1, 16);
        using KeyValueCache second = model.CreateCache(1, 16);
        Logits(model, SmallModel.Tokens(1, 2, 3, 4, 5), first);
        Logits(model, SmallModel.Tokens(6, 7), second);
        first.AddRows(second);
        Tensor both = Logits(model, new ModelInputs { InputIds = torch.tensor(new long[] { 11, 12 }, [2, 1]) }, first);
        Assert.True(SmallModel.Difference(Logits(model, SmallModel.Tokens(1, 2, 3, 4, 5, 11), null)[0, 5], both[0, 0]) < Tolerance);
        Assert.True(SmallModel.Difference(Logits(model, SmallModel.Tokens(6, 7, 12), null)[0, 2], both[1, 0]) < Tolerance);
        first.KeepRows([1]);
        Tensor one = Logits(model, SmallModel.Tokens(13), first);
        Assert.True(SmallModel.Difference(Logits(model, SmallModel.Tokens(6, 7, 12, 13), null)[0, 3], one[0, 0]) < Tolerance);
    }

    [Fact]
    public void With_and_without_gradients_the_numbers_are_the_same()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using DisposeScope scope = torch.NewDisposeScope();
        ModelInputs inputs = SmallModel.WithImageInputs();
        Tensor trained = Logits(model, inputs, null);
        Assert.True(trained.requires_grad);
        using IDisposable mode = torch.inference_mode();
        Assert.True(SmallModel.Difference(trained, Logits(model, inputs, null)) < 1e-4);
    }

    [Fact]
    public void Inputs_that_do_not_fit_are_refused_and_the_cache_stays_as_it_was()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable mode = torch.inference_mode();
        using KeyValueCache cache = model.CreateCache(1, 20);
        Refuse("outside the vocabulary", SmallModel.Tokens(1, 64));
        Refuse("outside the vocabulary", SmallModel.Tokens(1, -1));
        Refuse("int64 [batch, length]", new ModelInputs { InputIds = torch.ones(3) });
        Refuse("has 12 placeholders", SmallModel.WithImageInputs() with { ImageGrids = [new VisionGrid(1, 8, 8)] });
        Refuse("only 0 image grids", SmallModel.WithImageInputs() with { ImageGrids = [] });
        Refuse("2 image", SmallModel.WithImageInputs() with { ImageGrids = [new VisionGrid(1, 8, 6), new VisionGrid(1, 8, 6)] });
        Refuse("the grids need [48, 96]", SmallModel.WithImageInputs() with { PixelValues = SmallModel.Pixels(47) });
        Refuse("without pixel values", SmallModel.WithImageInputs() with { PixelValues = null });
        Refuse("positive multiples of 2", SmallModel.Tokens(1, SmallModel.VisionStart, SmallModel.Image) with { PixelValues = SmallModel.Pixels(6), ImageGrids = [new VisionGrid(1, 2, 3)] });
        Refuse("attention mask", SmallModel.Tokens(1, 2) with { AttentionMask = torch.ones([1, 3], dtype: ScalarType.Int64) });
        Assert.Throws<ContextLengthException>(() => model.Forward(SmallModel.Tokens([.. Enumerable.Repeat(1L, 21)]), cache));
        Assert.Equal(0, cache.Length);
        using QwenModel text = SmallModel.Create(SmallModel.Text());
        Assert.Contains("text only", Assert.Throws<ModelInputException>(() => text.Forward(SmallModel.WithImageInputs())).Message, StringComparison.Ordinal);

        void Refuse(string part, ModelInputs inputs) =>
            Assert.Contains(part, Assert.Throws<ModelInputException>(() => model.Forward(inputs, cache)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_of_decoding_leaves_no_tensors_behind()
    {
        using QwenModel model = SmallModel.Create(SmallModel.Vision());
        using IDisposable mode = torch.inference_mode();
        using KeyValueCache cache = model.CreateCache(1, 40);
        using (ModelInputs prompt = SmallModel.WithImageInputs())
            model.Forward(prompt, cache).Dispose();
        using ModelInputs step = SmallModel.Tokens(5);
        model.Forward(step, cache).Dispose();
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        for (int i = 0; i < 5; i++)
            model.Forward(step, cache).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    private static Tensor Logits(QwenModel model, ModelInputs inputs, KeyValueCache? cache) => model.Forward(inputs, cache).Logits!;
}
