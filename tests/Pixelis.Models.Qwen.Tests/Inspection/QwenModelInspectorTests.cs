using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public sealed class QwenModelInspectorTests
{
    [Fact]
    public void Counts_agree_with_the_files()
    {
        using var folder = new TemporaryFolder();
        SmallModel.Write(SmallModel.Vision(tied: false), folder.Path, ScalarType.BFloat16, shard: 30_000);
        QwenModelSummary summary = QwenModelInspector.Inspect(folder.Path);
        Assert.Equal(summary.ParameterCount * 2, summary.StoredBytes["BF16"]);
        Assert.Equal(summary.ParameterCount * 4, summary.BytesIn(ScalarType.Float32));
        Assert.Equal(2 * 64 * 32, summary.EmbeddingParameters);
        Assert.True(summary.VisionParameters > 0);
        Assert.Equal(Directory.EnumerateFiles(folder.Path, "*.safetensors").Count(), summary.FileCount);
        Assert.Equal(2 * 2 * 2 * 8 * 2, summary.CacheBytesPerToken(ScalarType.BFloat16));
    }

    [Fact]
    public void A_released_shape_has_the_released_number_of_tensors_and_parameters()
    {
        WeightSpec[] specs = [.. QwenWeightMap.Of(QwenPresets.Find("qwen2.5-vl-7b", null, null))];
        Assert.Equal(729, specs.Length);
        Assert.Equal(8_292_166_656, specs.Sum(spec => spec.ElementCount));
        Assert.Equal(494_032_768, QwenWeightMap.Of(QwenPresets.Find("qwen2.5-0.5b", null, null)).Sum(spec => spec.ElementCount));
        Assert.Equal(8_190_735_360, QwenWeightMap.Of(QwenPresets.Find("qwen3-8b", null, null)).Sum(spec => spec.ElementCount));
    }

    [Fact]
    public void An_unknown_preset_is_refused() =>
        Assert.Contains("qwen3-8b", Assert.Throws<PixelisException>(() => QwenPresets.Find("qwen9", null, null)).Message, StringComparison.Ordinal);
}
