using System.Text.Json;
using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using TorchSharp;
using TorchSharp.Modules;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

public sealed class ModelGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases => [.. GoldenFolders.Models];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Positions_are_exact(string folder)
    {
        using var golden = new GoldenCase(folder);
        RopePlan plan = golden.Plan();
        long[] expected = golden.Longs("position_ids");
        long[] actual = expected.Length == plan.Positions.Length ? plan.Positions : plan.Positions[..expected.Length];
        Assert.Equal(expected, actual);
        if (golden.Has("rope_deltas"))
            Assert.Equal(golden.Longs("rope_deltas"), Enumerable.Range(0, golden.Rows).Select(row => plan.DeltaOf(row, golden.Length)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rotary_factors_agree(string folder)
    {
        using var golden = new GoldenCase(folder);
        if (!golden.Has("mrope.cos"))
        {
            output.WriteLine("the case holds no rotary factors");
            return;
        }

        using IDisposable mode = torch.inference_mode();
        using Tensor positions = golden.Read("position_ids");
        using Tensors.RotaryFactors factors = golden.Model.Rope.FactorsAt(positions);
        float[] sin = factors.SignedSin.Floats();
        int size = golden.Model.Config.Text.HeadSize;
        for (int i = 0; i < sin.Length; i++)
            sin[i] = i % size < size / 2 ? -sin[i] : sin[i];
        GoldenReport.Check(output, folder, "mrope.cos", Numbers.LargestDifference(factors.Cos.Floats(), golden.Floats("mrope.cos")), 1e-5);
        GoldenReport.Check(output, folder, "mrope.sin", Numbers.LargestDifference(sin, golden.Floats("mrope.sin")), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void States_logits_and_scores_agree(string folder)
    {
        using var golden = new GoldenCase(folder);
        using IDisposable mode = torch.inference_mode();
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs, options: new ForwardOptions { HiddenStates = true });
        long[] mask = golden.Longs("attention_mask");
        Assert.Equal(golden.Names.Count(name => name.StartsWith("hidden_states.", StringComparison.Ordinal)), result.HiddenStates.Count);
        double hidden = 0;
        for (int i = 0; i < result.HiddenStates.Count; i++)
            hidden = Math.Max(hidden, Numbers.LargestDifference(result.HiddenStates[i].Floats(), golden.Floats($"hidden_states.{i}"), mask));
        GoldenReport.Check(output, folder, "hidden_states", hidden, 1e-4);
        GoldenReport.Check(
            output, folder, "last_hidden_state", Numbers.LargestDifference(result.LastHiddenState.Floats(), golden.Floats("last_hidden_state"), mask), 1e-4);
        GoldenReport.Check(output, folder, "logits", Numbers.LargestDifference(result.Logits!.Floats(), golden.Floats("logits"), mask), 2e-4);
        using Tensor labels = golden.Read("labels");
        using Tensor loss = Scoring.Loss(result.Logits!, labels);
        GoldenReport.Check(output, folder, "loss", Math.Abs(loss.Floats()[0] - golden.Floats("loss")[0]), 1e-5);
        (float[] logProbs, float[] entropy) = Scoring.Score(result.Logits!, inputs.InputIds, golden.PromptLength);
        long[] completion = golden.Longs("completion_mask");
        GoldenReport.Check(output, folder, "per_token_logprobs", Numbers.LargestDifference(logProbs, golden.Floats("per_token_logprobs"), completion), 1e-4);
        GoldenReport.Check(output, folder, "entropy", Numbers.LargestDifference(entropy, golden.Floats("entropy"), completion), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_agree(string folder)
    {
        using var golden = new GoldenCase(folder);
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs);
        using Tensor labels = golden.Read("labels");
        using Tensor loss = Scoring.Loss(result.Logits!, labels);
        loss.backward();
        Dictionary<string, float[]> gradients = golden.Model.Module.named_parameters()
            .ToDictionary(pair => pair.name, pair => pair.parameter.grad is { } grad ? grad.Floats() : []);
        double worst = 0;
        foreach (string name in golden.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)))
            worst = Math.Max(worst, Numbers.RelativeError(gradients[name["grad.".Length..]], golden.Floats(name)));
        GoldenReport.Check(output, folder, "gradients (relative L2)", worst, 1e-4);
        CheckNorms(folder, gradients);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Greedy_tokens_are_exact_in_a_batch_with_the_cache(string folder)
    {
        using var golden = new GoldenCase(folder);
        long[] expected = golden.Longs("greedy_ids");
        using ModelInputs prompts = golden.Prompts();
        Assert.Equal(expected, Greedy.WithCache(golden.Model, prompts, expected.Length / golden.Rows));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Greedy_tokens_are_exact_in_a_batch_without_the_cache(string folder)
    {
        using var golden = new GoldenCase(folder);
        long[] expected = golden.Longs("greedy_ids");
        using ModelInputs prompts = golden.Prompts();
        Assert.Equal(expected, Greedy.WithoutCache(golden.Model, prompts, expected.Length / golden.Rows));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Greedy_tokens_are_exact_row_by_row_and_in_groups(string folder)
    {
        using var golden = new GoldenCase(folder);
        long[] all = golden.Longs("greedy_ids");
        int count = all.Length / golden.Rows;
        for (int row = 0; row < golden.Rows; row++)
        {
            long[] expected = all[(row * count)..((row + 1) * count)];
            using ModelInputs prompt = golden.Prompt(row);
            Assert.Equal(expected, Greedy.WithCache(golden.Model, prompt, count));
            Assert.Equal(expected, Greedy.WithoutCache(golden.Model, prompt, count));
            Assert.Equal([.. expected, .. expected, .. expected], Greedy.WithFork(golden.Model, prompt, 3, count));
        }
    }

    private void CheckNorms(string folder, Dictionary<string, float[]> gradients)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "expected.json")));
        double worst = 0;
        foreach (JsonProperty norm in document.RootElement.GetProperty("grad_norms").EnumerateObject())
        {
            double expected = norm.Value.GetDouble();
            worst = Math.Max(worst, Math.Abs(Numbers.Norm(gradients[norm.Name]) - expected) / Math.Max(expected, 1e-12));
        }

        GoldenReport.Check(output, folder, "gradient norms (relative)", worst, 1e-4);
        double total = Math.Sqrt(gradients.Values.Sum(g => Math.Pow(Numbers.Norm(g), 2)));
        double global = document.RootElement.GetProperty("global_grad_norm").GetDouble();
        GoldenReport.Check(output, folder, "global gradient norm (relative)", Math.Abs(total - global) / global, 1e-4);
    }
}
