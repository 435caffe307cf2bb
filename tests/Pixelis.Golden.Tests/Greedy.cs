using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

/// <summary>Greedy continuations, end tokens ignored.</summary>
internal static class Greedy
{
    private static readonly ForwardOptions LastOnly = new() { Logits = LogitsSelection.Last };

    /// <summary>One prefill, then one token at a time through the cache.</summary>
    /// <returns>Row by row.</returns>
    public static long[] WithCache(QwenModel model, ModelInputs prompts, int count)
    {
        using IDisposable mode = torch.inference_mode();
        int rows = (int)prompts.InputIds.shape[0];
        using KeyValueCache cache = model.CreateCache(rows, (int)prompts.InputIds.shape[1] + count);
        long[] step = Step(model, prompts, cache);
        return Continue(model, cache, step, count);
    }

    /// <summary>As <see cref="WithCache"/>, but the prompt of one row is read once and shared by several completions.</summary>
    public static long[] WithFork(QwenModel model, ModelInputs prompt, int rows, int count)
    {
        using IDisposable mode = torch.inference_mode();
        int length = (int)prompt.InputIds.shape[1];
        using KeyValueCache cache = model.CreateCache(1, length);
        long[] first = Step(model, prompt, cache);
        using KeyValueCache fork = cache.Fork(rows, length + count);
        return Continue(model, fork, Enumerable.Repeat(first[0], rows).ToArray(), count);
    }

    /// <summary>Reads everything anew for every token.</summary>
    public static long[] WithoutCache(QwenModel model, ModelInputs prompts, int count)
    {
        using IDisposable mode = torch.inference_mode();
        int rows = (int)prompts.InputIds.shape[0];
        var chosen = new long[rows * count];
        Tensor ids = prompts.InputIds.clone();
        Tensor mask = prompts.AttentionMask?.clone() ?? torch.ones_like(prompts.InputIds);
        for (int i = 0; i < count; i++)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            long[] step = Step(model, prompts with { InputIds = ids, AttentionMask = mask }, null);
            for (int row = 0; row < rows; row++)
                chosen[(row * count) + i] = step[row];
            ids = torch.cat([ids, torch.tensor(step, [rows, 1])], 1).DetachFromDisposeScope();
            mask = torch.cat([mask, torch.ones([rows, 1], dtype: ScalarType.Int64)], 1).DetachFromDisposeScope();
        }

        return chosen;
    }

    private static long[] Continue(QwenModel model, KeyValueCache cache, long[] step, int count)
    {
        int rows = step.Length;
        var chosen = new long[rows * count];
        for (int i = 0; i < count; i++)
        {
            for (int row = 0; row < rows; row++)
                chosen[(row * count) + i] = step[row];
            if (i + 1 == count)
                break;
            using var inputs = new ModelInputs { InputIds = torch.tensor(step, [rows, 1]) };
            step = Step(model, inputs, cache);
        }

        return chosen;
    }

    private static long[] Step(QwenModel model, ModelInputs inputs, KeyValueCache? cache)
    {
        using ModelOutput output = model.Forward(inputs, cache, LastOnly);
        using Tensor best = output.Logits!.argmax(-1);
        return best.Longs();
    }
}
