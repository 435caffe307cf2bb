using Pixelis.Modeling;
using Pixelis.Models.Qwen;
using TorchSharp;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

public sealed class HalfPrecisionGoldenTests(ITestOutputHelper output)
{
    public static TheoryData<string> Cases
    {
        get
        {
            var data = new TheoryData<string>();
            foreach (string folder in GoldenFolders.Models)
            {
                using var reader = Tensors.SafetensorsReader.Open(Path.Combine(folder, "expected.safetensors"));
                if (reader.Entries.ContainsKey("bf16.logits"))
                    data.Add(folder);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bfloat16_throughout_stays_near(string folder)
    {
        using var golden = new GoldenCase(folder, ScalarType.BFloat16);
        using IDisposable mode = torch.inference_mode();
        using ModelInputs inputs = golden.Inputs();
        using ModelOutput result = golden.Model.Forward(inputs);
        Assert.Equal(ScalarType.BFloat16, result.Logits!.dtype);
        long[] mask = golden.Longs("attention_mask");
        float[] logits = result.Logits!.Floats();
        GoldenReport.Check(output, folder, "bf16.logits (mean)", Numbers.MeanDifference(logits, golden.Floats("bf16.logits"), mask), 0.06);
        GoldenReport.Check(output, folder, "bf16.logits (largest)", Numbers.LargestDifference(logits, golden.Floats("bf16.logits"), mask), 0.6);
        (float[] logProbs, _) = Scoring.Score(result.Logits!, inputs.InputIds, golden.PromptLength);
        GoldenReport.Check(
            output, folder, "bf16.per_token_logprobs", Numbers.LargestDifference(logProbs, golden.Floats("bf16.per_token_logprobs"), golden.Longs("completion_mask")), 0.25);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_automatic_type_is_that_of_the_folder(string folder)
    {
        using QwenModel model = QwenModel.FromPretrained(folder);
        Assert.Equal(ScalarType.BFloat16, model.DataType);
    }
}
