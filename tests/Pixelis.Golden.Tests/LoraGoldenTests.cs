using Pixelis.Modeling;
using Pixelis.Tensors;
using Pixelis.TestKit;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

public sealed class LoraGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string model, string adapter) in GoldenFolders.Adapters)
                data.Add(model, Path.GetFileName(adapter));
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_adapter_changes_the_model_as_in_the_reference(string folder, string adapter)
    {
        using var golden = new GoldenCase(folder);
        using AdapterSet adapters = Load(golden, adapter);
        using SafetensorsReader expected = Expected(folder, adapter);
        CheckOutputs(golden, expected, $"{adapter}: ");
        long[] greedy = Read(expected, "greedy_ids").Longs();
        using ModelInputs prompts = golden.Prompts();
        Assert.Equal(greedy, Greedy.WithCache(golden.Model, prompts, greedy.Length / golden.Rows));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_of_the_matrices_agree_and_the_base_gets_none(string folder, string adapter)
    {
        using var golden = new GoldenCase(folder);
        using SafetensorsReader expected = Expected(folder, adapter);
        Dictionary<string, float[]> single = GradientsOf(golden, adapter);
        Assert.All(golden.Model.Module.parameters(), parameter => Assert.True(parameter.grad is null));
        using var exact = new GoldenCase(folder, ScalarType.Float64);
        Dictionary<string, float[]> referee = GradientsOf(exact, adapter);
        double worst = 0;
        double rounding = 0;
        foreach (string name in expected.Entries.Keys.Where(name => name.StartsWith("grad.", StringComparison.Ordinal)))
        {
            float[] actual = single[name["grad.".Length..]];
            worst = Math.Max(worst, Numbers.RelativeError(actual, Read(expected, name).Floats()));
            rounding = Math.Max(rounding, Numbers.RelativeError(actual, referee[name["grad.".Length..]]));
        }

        // A large adapter amplifies rounding: the reference's own gradients are up to 2e-4 from float64 there, as its logits are.
        GoldenReport.Check(output, folder, adapter + ": gradients (relative L2)", worst, golden.Model.Config.Vision is null ? 1e-4 : 1e-3);
        GoldenReport.Check(output, folder, adapter + ": gradients against float64", rounding, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merged_it_computes_the_same_and_unmerged_or_switched_off_the_model_is_as_before(string folder, string adapter)
    {
        using var golden = new GoldenCase(folder);
        using AdapterSet adapters = Load(golden, adapter);
        using SafetensorsReader expected = Expected(folder, adapter);
        adapters.Merge();
        CheckOutputs(golden, expected, $"{adapter} merged: ");
        adapters.Unmerge();
        CheckOutputs(golden, expected, $"{adapter} unmerged: ");
        using (adapters.Suspend())
            CheckBase(golden);
        adapters.Activate(null);
        CheckBase(golden);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saved_and_loaded_again_in_either_spelling_it_is_the_same(string folder, string adapter)
    {
        using var golden = new GoldenCase(folder);
        using AdapterSet adapters = Load(golden, adapter);
        using SafetensorsReader expected = Expected(folder, adapter);
        using var temporary = new TemporaryFolder();
        foreach (bool newTree in new[] { false, true })
        {
            adapters.Save("default", temporary["copy" + newTree], newTree);
            adapters.Load(temporary["copy" + newTree], "copy" + newTree);
            CheckOutputs(golden, expected, $"{adapter} copied: ");
        }
    }

    private static Dictionary<string, float[]> GradientsOf(GoldenCase golden, string adapter)
    {
        using AdapterSet adapters = Load(golden, adapter);
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs);
        using Tensor labels = golden.Read("labels");
        using Tensor loss = Scoring.Loss(result.Logits!, labels);
        loss.backward();
        return adapters.NamedParameters("default").ToDictionary(p => p.Name, p => p.Parameter.grad!.Floats());
    }

    private static AdapterSet Load(GoldenCase golden, string adapter)
    {
        var adapters = new AdapterSet(golden.Model);
        adapters.Load(Path.Combine(golden.Folder, adapter));
        return adapters;
    }

    /// <summary>An adapter without expectations is one of the others in another spelling: the one whose numbers it holds.</summary>
    private static SafetensorsReader Expected(string folder, string adapter)
    {
        string own = Path.Combine(folder, adapter, "expected.safetensors");
        if (File.Exists(own))
            return SafetensorsReader.Open(own);
        string sum = Sum(Path.Combine(folder, adapter));
        string twin = Directory.EnumerateDirectories(folder).First(
            other => File.Exists(Path.Combine(other, "expected.safetensors")) && File.Exists(Path.Combine(other, "adapter_model.safetensors")) && Sum(other) == sum);
        return SafetensorsReader.Open(Path.Combine(twin, "expected.safetensors"));

        static string Sum(string path)
        {
            using SafetensorsReader reader = SafetensorsReader.Open(Path.Combine(path, "adapter_model.safetensors"));
            return string.Join(' ', reader.Entries.Keys.Select(key => Numbers.Norm(Read(reader, key).Floats()).ToString("R")).Order(StringComparer.Ordinal));
        }
    }

    private static Tensor Read(SafetensorsReader reader, string name) => reader.Read(name);

    private void CheckOutputs(GoldenCase golden, SafetensorsReader expected, string label)
    {
        bool sees = golden.Model.Config.Vision is not null;
        using IDisposable mode = torch.inference_mode();
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs);
        long[] mask = golden.Longs("attention_mask");
        double logits = Numbers.LargestDifference(result.Logits!.Floats(), Read(expected, "logits").Floats(), mask);
        GoldenReport.Check(output, golden.Folder, label + "logits", logits, sees ? 1e-3 : 2e-4);
        using Tensor labels = golden.Read("labels");
        using Tensor loss = Scoring.Loss(result.Logits!, labels);
        GoldenReport.Check(output, golden.Folder, label + "loss", Math.Abs(loss.Floats()[0] - Read(expected, "loss").Floats()[0]), sees ? 1e-4 : 1e-5);
        (float[] logProbs, _) = Scoring.Score(result.Logits!, inputs.InputIds, golden.PromptLength);
        double difference = Numbers.LargestDifference(logProbs, Read(expected, "per_token_logprobs").Floats(), golden.Longs("completion_mask"));
        GoldenReport.Check(output, golden.Folder, label + "per_token_logprobs", difference, sees ? 1e-3 : 1e-4);
    }

    private void CheckBase(GoldenCase golden)
    {
        using IDisposable mode = torch.inference_mode();
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs);
        double logits = Numbers.LargestDifference(result.Logits!.Floats(), golden.Floats("logits"), golden.Longs("attention_mask"));
        GoldenReport.Check(output, golden.Folder, "adapters off: logits", logits, 2e-4);
    }
}
