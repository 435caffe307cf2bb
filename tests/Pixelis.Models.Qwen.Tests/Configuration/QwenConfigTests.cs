using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

public sealed class QwenConfigTests : IDisposable
{
    private const string Vision = """
        "vision_config": {"depth": 2, "hidden_size": 32, "num_heads": 2, "intermediate_size": 40, "out_hidden_size": 64, "in_chans": 3, "fullatt_block_indexes": [1]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Flat_and_nested_layouts_and_both_spellings_of_rope_say_the_same()
    {
        const string Text = """
            "hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 3, "vocab_size": 100,
            "intermediate_size": 96, "rms_norm_eps": 1e-6
            """;
        QwenConfig flat = Load($$"""
            {"architectures": ["Qwen2_5_VLForConditionalGeneration"], {{Text}}, "rope_theta": 5000, "torch_dtype": "bfloat16",
             "rope_scaling": {"type": "mrope", "mrope_section": [2, 3, 3]}, "image_token_id": 7, {{Vision}}}
            """);
        QwenConfig nested = Load($$"""
            {"architectures": ["Qwen2_5_VLForConditionalGeneration"], "image_token_id": 7, "dtype": "bfloat16", {{Vision}},
             "text_config": { {{Text}}, "rope_parameters": {"rope_type": "default", "rope_theta": 5000, "mrope_section": [2, 3, 3]} } }
            """);
        Assert.Equal(5000, flat.Text.RopeTheta);
        Assert.Equal([2, 3, 3], flat.Text.RopeSections);
        Assert.Equal(16, flat.Text.HeadSize);
        Assert.Equal(7, flat.ImageTokenId);
        Assert.Equal(ScalarType.BFloat16, flat.DataType);
        Assert.Equal(flat.Text with { RopeSections = [] }, nested.Text with { RopeSections = [] });
        Assert.Equal(flat.Text.RopeSections, nested.Text.RopeSections);
        Assert.Equal((flat.ImageTokenId, flat.DataType), (nested.ImageTokenId, nested.DataType));
        Assert.Equal(4, flat.Vision!.TokensPerSecond);
        Assert.Equal(112, flat.Vision.WindowSize);
    }

    [Fact]
    public void What_is_left_out_gets_the_default_of_its_class()
    {
        QwenConfig qwen2 = Load("""{"model_type": "qwen2"}""");
        Assert.Equal((4096, 32, 32, 128, 10000.0, 1e-6), Of(qwen2));
        Assert.True(qwen2.Text.HasQueryKeyValueBias);
        QwenConfig qwen3 = Load("""{"architectures": ["Qwen3ForCausalLM"], "hidden_size": 1024, "num_attention_heads": 16, "num_key_value_heads": null}""");
        Assert.Equal((1024, 16, 16, 128, 10000.0, 1e-6), Of(qwen3));
        Assert.True(qwen3.Text.NormalizesQueryAndKey);
        Assert.False(qwen3.Text.HasQueryKeyValueBias);
        QwenConfig vision = Load("""
            {"model_type": "qwen2_5_vl", "vision_config": {"out_hidden_size": 8192}, "rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]}}
            """);
        Assert.Equal((8192, 64, 8, 128, 1e6, 1e-5), Of(vision));
        Assert.Equal([7, 15, 23, 31], vision.Vision!.FullAttentionBlocks);
        Assert.Equal(3584, vision.Vision.HiddenSize);

        static (int, int, int, int, double, double) Of(QwenConfig c) =>
            (c.Text.HiddenSize, c.Text.HeadCount, c.Text.KeyValueHeadCount, c.Text.HeadSize, c.Text.RopeTheta, c.Text.NormEpsilon);
    }

    [Fact]
    public void Generation_config_wins_over_config_for_end_tokens()
    {
        File.WriteAllText(_folder["generation_config.json"], """{"eos_token_id": [5, 6]}""");
        Assert.Equal([5, 6], Load("""{"model_type": "qwen2", "eos_token_id": 4}""").EndOfTurnTokenIds);
        File.Delete(_folder["generation_config.json"]);
        Assert.Equal([4], Load("""{"model_type": "qwen2", "eos_token_id": 4}""").EndOfTurnTokenIds);
    }

    [Theory]
    [InlineData("""{"architectures": ["LlamaForCausalLM"]}""", "'LlamaForCausalLM' is unknown")]
    [InlineData("""{}""", "neither architectures nor model_type")]
    [InlineData("""[]""", "JSON object")]
    [InlineData("""{"model_type": """, "not valid JSON")]
    [InlineData("""{"model_type": "qwen2", "hidden_size": "big"}""", "'hidden_size' is \"big\"")]
    [InlineData("""{"model_type": "qwen2", "hidden_size": 1e30}""", "'hidden_size'")]
    [InlineData("""{"model_type": "qwen2", "hidden_size": -1}""", "'hidden_size'")]
    [InlineData("""{"model_type": "qwen2", "num_key_value_heads": 5}""", "divisor of num_attention_heads")]
    [InlineData("""{"model_type": "qwen2", "hidden_act": "gelu"}""", "'silu'")]
    [InlineData("""{"model_type": "qwen2", "use_sliding_window": true}""", "sliding")]
    [InlineData("""{"model_type": "qwen3", "rope_scaling": {"rope_type": "yarn", "factor": 4}}""", "'rope_scaling.rope_type'")]
    [InlineData("""{"model_type": "qwen3", "torch_dtype": "float8"}""", "float32, bfloat16 or float16")]
    [InlineData("""{"model_type": "qwen2_5_vl"}""", "mrope_section")]
    [InlineData("""{"model_type": "qwen2_5_vl", "rope_scaling": {"mrope_section": [1, 2, 3]}}""", "half of the head size")]
    [InlineData("""{"model_type": "qwen2_5_vl", "rope_scaling": {"mrope_section": [16, 24, 24]}}""", "'vision_config'")]
    [InlineData("""{"model_type": "qwen2_5_vl", "rope_scaling": {"mrope_section": [16, 24, 24]}, "vision_config": {"depth": 2, "fullatt_block_indexes": [7]}}""", "fullatt_block_indexes")]
    public void What_cannot_be_used_is_refused_by_field(string json, string message)
    {
        var e = Assert.Throws<ModelFormatException>(() => Load(json));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.EndsWith("config.json", e.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.Throws<ModelFormatException>(() => Load("{\"model_type\":" + new string('[', 5000) + new string(']', 5000) + "}"));

    [Fact]
    public void A_missing_folder_or_file_is_named()
    {
        Assert.Contains("no such folder", Assert.Throws<ModelFormatException>(() => QwenConfig.Load(_folder["nowhere"])).Message, StringComparison.Ordinal);
        Assert.Contains("is missing", Assert.Throws<ModelFormatException>(() => QwenConfig.Load(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("qwen2.5-vl-tiny")]
    [InlineData("qwen2.5-0.5b")]
    [InlineData("qwen3-8b")]
    public void What_is_written_is_read_back(string preset)
    {
        QwenConfig config = QwenPresets.Find(preset, null, null);
        QwenConfigWriter.Write(_folder["config.json"], config, ScalarType.Float32);
        QwenConfig read = QwenConfig.Load(_folder.Path);
        Assert.Equal(config.Text with { RopeSections = [] }, read.Text with { RopeSections = [] });
        Assert.Equal(config.Text.RopeSections, read.Text.RopeSections);
        Assert.Equal(config.Vision is null, read.Vision is null);
        Assert.Equal(config.Vision is { } a ? a with { FullAttentionBlocks = [] } : null, read.Vision is { } b ? b with { FullAttentionBlocks = [] } : null);
        Assert.Equal(config.Vision?.FullAttentionBlocks, read.Vision?.FullAttentionBlocks);
        Assert.Equal(config.EndOfTurnTokenIds, read.EndOfTurnTokenIds);
        Assert.Equal(config.VideoTokenId, config.Vision is null ? config.VideoTokenId : read.VideoTokenId);
    }

    private QwenConfig Load(string json)
    {
        File.WriteAllText(_folder["config.json"], json);
        return QwenConfig.Load(_folder.Path);
    }
}
