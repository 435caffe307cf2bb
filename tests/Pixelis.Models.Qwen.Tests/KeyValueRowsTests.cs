using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>Sequences that take decoding steps together get the numbers that each gets alone.</summary>
public class KeyValueRowsTests
{
    [Theory]
    [InlineData(QwenArchitecture.Qwen3)]
    [InlineData(QwenArchitecture.Qwen25Vision)]
    public void Steps_taken_together_are_the_steps_taken_alone(QwenArchitecture architecture)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using QwenModel model = SmallModel.Create(architecture == QwenArchitecture.Qwen3 ? SmallModel.Text() : SmallModel.Vision());
        List<KeyValueCache> together = Read(model), alone = Read(model);
        for (int step = 0; step < 5; step++)
        {
            // Rows come and go: each step takes another choice of them, in another order.
            int[] chosen = [.. Enumerable.Range(0, together.Count).Where(i => (i + step) % 3 != 0).OrderBy(i => (i * 7) % 5)];
            long[] tokens = [.. chosen.Select(i => (long)(10 + i + step))];
            Tensor found = model.Advance(torch.tensor(tokens, [tokens.Length, 1]), new KeyValueRows([.. chosen.Select(i => together[i])])).Logits!;
            for (int row = 0; row < chosen.Length; row++)
            {
                Tensor expected = model.Forward(SmallModel.Tokens(tokens[row]), alone[chosen[row]]).Logits!;
                Assert.InRange(SmallModel.Difference(expected, found.narrow(0, row, 1)), 0, ExactOnCpu(2e-5f));
            }
        }
        Assert.Equal(alone.Select(c => (c.Length, c.NextPosition(0))), together.Select(c => (c.Length, c.NextPosition(0))));
        together.ForEach(c => c.Dispose());
        alone.ForEach(c => c.Dispose());
    }

    [Fact]
    public void In_bfloat16_they_agree_as_closely_as_the_type_allows()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using QwenModel model = SmallModel.Create(SmallModel.Text(), ScalarType.BFloat16);
        List<KeyValueCache> together = Read(model), alone = Read(model);
        Tensor found = model.Advance(torch.tensor(new long[] { 5, 6, 7, 8, 9 }, [5, 1]), new KeyValueRows(together)).Logits!.to(ScalarType.Float32);
        for (int row = 0; row < 5; row++)
        {
            Tensor expected = model.Forward(SmallModel.Tokens(5 + row), alone[row]).Logits!.to(ScalarType.Float32);
            Assert.InRange(SmallModel.Difference(expected, found.narrow(0, row, 1)), 0, 0.03f * expected.abs().max().item<float>());
        }
    }

    [Fact]
    public void A_full_row_stops_the_step_before_anything_is_changed()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGrad = torch.no_grad();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using KeyValueCache roomy = model.CreateCache(1, 10), full = model.CreateCache(1, 3);
        model.Forward(SmallModel.Tokens(3, 4, 5), roomy);
        model.Forward(SmallModel.Tokens(3, 4, 5), full);
        Assert.Throws<ContextLengthException>(() => model.Advance(torch.tensor(new long[] { 6, 6 }, [2, 1]), new KeyValueRows([roomy, full])));
        Assert.Equal((3, 3), (roomy.Length, full.Length));
        Tensor after = model.Advance(torch.tensor(new long[] { 6 }, [1, 1]), new KeyValueRows([roomy])).Logits!;
        using KeyValueCache fresh = model.CreateCache(1, 10);
        Assert.Equal(0, SmallModel.Difference(model.Forward(SmallModel.Tokens(3, 4, 5, 6), fresh, new ForwardOptions { Logits = LogitsSelection.Last }).Logits!, after), 2e-5);
    }

    [Fact]
    public void What_cannot_step_together_is_refused()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using QwenModel model = SmallModel.Create(SmallModel.Text());
        using KeyValueCache empty = model.CreateCache(1, 8), two = model.CreateCache(2, 8), one = model.CreateCache(1, 8);
        Assert.Throws<ArgumentOutOfRangeException>(() => new KeyValueRows([]));
        Assert.Throws<ArgumentException>(() => new KeyValueRows([empty]));
        using IDisposable noGrad = torch.no_grad();
        model.Forward(new ModelInputs { InputIds = torch.tensor(new long[] { 3, 4 }, [2, 1]) }, two);
        Assert.Throws<ArgumentException>(() => new KeyValueRows([two]));
        model.Forward(SmallModel.Tokens(3), one);
        Assert.Throws<ArgumentException>(() => new KeyValueRows([one, one]));
        Assert.Contains("int64 [1, 1] was expected", Assert.Throws<ModelInputException>(() => model.Advance(torch.tensor(new long[] { 3, 4 }, [2, 1]), new KeyValueRows([one]))).Message);
    }

    /// <summary>Five rows: two of their own, one read first and two that continue a part of it, which they share.</summary>
    private static List<KeyValueCache> Read(QwenModel model)
    {
        var caches = new List<KeyValueCache>();
        foreach (long[] ids in new long[][] { [3], [4, 5, 6, 7, 8, 9, 10], [.. Enumerable.Range(0, 150).Select(i => (long)(i % 50))] })
        {
            KeyValueCache cache = model.CreateCache(1, ids.Length + 10);
            model.Forward(SmallModel.Tokens(ids), cache, new ForwardOptions { Logits = LogitsSelection.None });
            caches.Add(cache);
        }
        KeyValueCache shared = caches[^1].Fork(1, 160, length: 131);
        caches.Add(shared);
        caches.Add(shared.Fork(1, 170, length: 131));
        return caches;
    }

    private static float ExactOnCpu(float otherwise) =>
#if LIBTORCH
        0;
#else
        otherwise;
#endif
}
