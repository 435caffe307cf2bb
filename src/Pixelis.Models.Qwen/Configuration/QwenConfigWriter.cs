using System.Text.Json;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Writes config.json in the flat layout of the released models.</summary>
internal static class QwenConfigWriter
{
    public static void Write(string path, QwenConfig config, ScalarType type) => AtomicFile.WriteJson(path, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("architectures");
        json.WriteStringValue(config.ClassName);
        json.WriteEndArray();
        json.WriteString("model_type", config.Architecture switch
        {
            QwenArchitecture.Qwen2 => "qwen2",
            QwenArchitecture.Qwen3 => "qwen3",
            _ => "qwen2_5_vl",
        });
        WriteText(json, config);
        WriteTokens(json, config);
        json.WriteString("torch_dtype", type switch
        {
            ScalarType.Float32 => "float32",
            ScalarType.BFloat16 => "bfloat16",
            ScalarType.Float16 => "float16",
            _ => throw new NotSupportedException($"models are not stored as {type}"),
        });
        if (config.Vision is { } vision)
            WriteVision(json, vision);
        json.WriteEndObject();
    });

    private static void WriteText(Utf8JsonWriter json, QwenConfig config)
    {
        QwenTextConfig text = config.Text;
        json.WriteNumber("attention_dropout", 0.0);
        if (config.Architecture == QwenArchitecture.Qwen3)
        {
            json.WriteBoolean("attention_bias", text.HasQueryKeyValueBias);
            json.WriteNumber("head_dim", text.HeadSize);
        }
        else if (config.Architecture == QwenArchitecture.Qwen2 && text.HeadSize * text.HeadCount != text.HiddenSize)
        {
            json.WriteNumber("head_dim", text.HeadSize);
        }

        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", text.HiddenSize);
        json.WriteNumber("initializer_range", 0.02);
        json.WriteNumber("intermediate_size", text.IntermediateSize);
        json.WriteNumber("max_position_embeddings", text.ContextLength);
        json.WriteNumber("num_attention_heads", text.HeadCount);
        json.WriteNumber("num_hidden_layers", text.LayerCount);
        json.WriteNumber("num_key_value_heads", text.KeyValueHeadCount);
        json.WriteNumber("rms_norm_eps", text.NormEpsilon);
        json.WriteNumber("rope_theta", text.RopeTheta);
        if (text.RopeSections.Count > 0)
        {
            json.WriteStartObject("rope_scaling");
            json.WriteString("type", "mrope");
            WriteNumbers(json, "mrope_section", text.RopeSections);
            json.WriteEndObject();
        }

        json.WriteBoolean("tie_word_embeddings", text.TiesEmbeddings);
        json.WriteBoolean("use_cache", true);
        json.WriteBoolean("use_sliding_window", false);
        json.WriteNumber("vocab_size", text.VocabularySize);
    }

    private static void WriteTokens(Utf8JsonWriter json, QwenConfig config)
    {
        if (config.EndOfTurnTokenIds.Count == 1)
            json.WriteNumber("eos_token_id", config.EndOfTurnTokenIds[0]);
        else if (config.EndOfTurnTokenIds.Count > 1)
            WriteNumbers(json, "eos_token_id", config.EndOfTurnTokenIds);
        json.WriteNumber("pad_token_id", config.PaddingTokenId);
        if (config.Vision is null)
            return;
        json.WriteNumber("vision_start_token_id", config.VisionStartTokenId);
        json.WriteNumber("vision_end_token_id", config.VisionEndTokenId);
        json.WriteNumber("image_token_id", config.ImageTokenId);
        json.WriteNumber("video_token_id", config.VideoTokenId);
    }

    private static void WriteVision(Utf8JsonWriter json, QwenVisionConfig vision)
    {
        json.WriteStartObject("vision_config");
        json.WriteString("model_type", "qwen2_5_vl");
        json.WriteNumber("depth", vision.Depth);
        WriteNumbers(json, "fullatt_block_indexes", vision.FullAttentionBlocks);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", vision.HiddenSize);
        json.WriteNumber("in_channels", vision.ChannelCount);
        json.WriteNumber("in_chans", vision.ChannelCount);
        json.WriteNumber("intermediate_size", vision.IntermediateSize);
        json.WriteNumber("num_heads", vision.HeadCount);
        json.WriteNumber("out_hidden_size", vision.OutputSize);
        json.WriteNumber("patch_size", vision.PatchSize);
        json.WriteNumber("spatial_merge_size", vision.MergeSize);
        json.WriteNumber("spatial_patch_size", vision.PatchSize);
        json.WriteNumber("temporal_patch_size", vision.TemporalPatchSize);
        json.WriteNumber("tokens_per_second", vision.TokensPerSecond);
        json.WriteNumber("window_size", vision.WindowSize);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
