using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.RandomModels;

/// <summary>The files of a random model beside its weights, as released models spell them.</summary>
internal static class RandomModelFiles
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string ShardName(int number, int count) =>
        count == 1 ? "model.safetensors" : $"model-{number:00000}-of-{count:00000}.safetensors";

    public static void Write(string folder, RandomModelShape shape, RandomModelOptions options)
    {
        WriteJson(folder, "config.json", json => WriteConfig(json, shape, options.DataType));
        WriteJson(folder, "generation_config.json", json => WriteGenerationConfig(json, shape));
        WriteJson(folder, "preprocessor_config.json", json => WriteProcessorConfig(json, shape));
        WriteJson(folder, "tokenizer_config.json", json => WriteTokenizerConfig(json, shape));
        WriteJson(folder, "tokenizer.json", json => RandomTokenizerFile.Write(json, shape));
    }

    public static void WriteIndex(string folder, IReadOnlyList<IReadOnlyList<RandomWeight>> shards, long totalBytes) =>
        WriteJson(folder, "model.safetensors.index.json", json =>
        {
            json.WriteStartObject("metadata");
            json.WriteNumber("total_size", totalBytes);
            json.WriteEndObject();
            json.WriteStartObject("weight_map");
            for (int number = 1; number <= shards.Count; number++)
            {
                foreach (RandomWeight weight in shards[number - 1])
                    json.WriteString(weight.Name, ShardName(number, shards.Count));
            }
            json.WriteEndObject();
        });

    private static void WriteConfig(Utf8JsonWriter json, RandomModelShape shape, ScalarType type)
    {
        int Id(string token) => QwenAddedTokens.IdOf(token, shape.BaseVocabularySize);
        WriteArray(json, "architectures", ["Qwen2_5_VLForConditionalGeneration"]);
        json.WriteString("model_type", "qwen2_5_vl");
        json.WriteNumber("attention_dropout", 0.0);
        json.WriteNumber("bos_token_id", Id(QwenAddedTokens.EndOfText));
        json.WriteNumber("eos_token_id", Id(QwenAddedTokens.TurnEnd));
        json.WriteNumber("vision_start_token_id", Id(QwenAddedTokens.VisionStart));
        json.WriteNumber("vision_end_token_id", Id(QwenAddedTokens.VisionEnd));
        json.WriteNumber("vision_token_id", Id(QwenAddedTokens.VisionPad));
        json.WriteNumber("image_token_id", Id(QwenAddedTokens.ImagePad));
        json.WriteNumber("video_token_id", Id(QwenAddedTokens.VideoPad));
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", shape.HiddenSize);
        json.WriteNumber("initializer_range", 0.02);
        json.WriteNumber("intermediate_size", shape.FeedForwardSize);
        json.WriteNumber("max_position_embeddings", shape.ContextLength);
        json.WriteNumber("max_window_layers", shape.LayerCount);
        json.WriteNumber("num_attention_heads", shape.HeadCount);
        json.WriteNumber("num_hidden_layers", shape.LayerCount);
        json.WriteNumber("num_key_value_heads", shape.KeyValueHeadCount);
        json.WriteNumber("rms_norm_eps", 1e-6);
        json.WriteNumber("rope_theta", 1_000_000.0);
        json.WriteNumber("sliding_window", shape.ContextLength);
        json.WriteBoolean("tie_word_embeddings", shape.TiedHead);
        json.WriteString("torch_dtype", type switch { ScalarType.Float32 => "float32", ScalarType.Float16 => "float16", _ => "bfloat16" });
        json.WriteBoolean("use_cache", true);
        json.WriteBoolean("use_sliding_window", false);
        WriteVisionConfig(json, shape);
        // The released models split the 64 frequencies of a head 16:24:24 between time, height and width.
        int eighth = shape.HeadSize / 2 / 8;
        json.WriteStartObject("rope_scaling");
        json.WriteString("type", "mrope");
        WriteArray(json, "mrope_section", [2 * eighth, 3 * eighth, 3 * eighth]);
        json.WriteEndObject();
        json.WriteNumber("vocab_size", shape.VocabularySize);
    }

    private static void WriteVisionConfig(Utf8JsonWriter json, RandomModelShape shape)
    {
        json.WriteStartObject("vision_config");
        json.WriteString("model_type", "qwen2_5_vl");
        json.WriteNumber("depth", shape.VisionDepth);
        json.WriteString("hidden_act", "silu");
        json.WriteNumber("hidden_size", shape.VisionSize);
        json.WriteNumber("intermediate_size", shape.VisionFeedForwardSize);
        json.WriteNumber("num_heads", shape.VisionHeadCount);
        json.WriteNumber("in_channels", 3);
        json.WriteNumber("in_chans", 3);
        json.WriteNumber("out_hidden_size", shape.HiddenSize);
        json.WriteNumber("patch_size", 14);
        json.WriteNumber("spatial_merge_size", 2);
        json.WriteNumber("spatial_patch_size", 14);
        json.WriteNumber("window_size", 112);
        // Four evenly spaced blocks see whole frames, the last one among them; small towers have two.
        int spacing = Math.Max(shape.VisionDepth / 4, 2);
        WriteArray(json, "fullatt_block_indexes", Enumerable.Range(1, shape.VisionDepth / spacing).Select(number => (number * spacing) - 1));
        json.WriteNumber("tokens_per_second", 2);
        json.WriteNumber("temporal_patch_size", 2);
        json.WriteEndObject();
    }

    private static void WriteGenerationConfig(Utf8JsonWriter json, RandomModelShape shape)
    {
        int first = shape.BaseVocabularySize;
        json.WriteNumber("bos_token_id", QwenAddedTokens.IdOf(QwenAddedTokens.EndOfText, first));
        json.WriteNumber("pad_token_id", QwenAddedTokens.IdOf(QwenAddedTokens.EndOfText, first));
        WriteArray(json, "eos_token_id", [QwenAddedTokens.IdOf(QwenAddedTokens.TurnEnd, first), QwenAddedTokens.IdOf(QwenAddedTokens.EndOfText, first)]);
        json.WriteBoolean("do_sample", false);
    }

    private static void WriteProcessorConfig(Utf8JsonWriter json, RandomModelShape shape)
    {
        json.WriteNumber("min_pixels", 3136);
        json.WriteNumber("max_pixels", shape.MaxPixels);
        json.WriteNumber("patch_size", 14);
        json.WriteNumber("temporal_patch_size", 2);
        json.WriteNumber("merge_size", 2);
        json.WriteStartArray("image_mean");
        foreach (double mean in new[] { 0.48145466, 0.4578275, 0.40821073 })
            json.WriteNumberValue(mean);
        json.WriteEndArray();
        json.WriteStartArray("image_std");
        foreach (double deviation in new[] { 0.26862954, 0.26130258, 0.27577711 })
            json.WriteNumberValue(deviation);
        json.WriteEndArray();
        json.WriteString("image_processor_type", "Qwen2VLImageProcessor");
        json.WriteString("processor_class", "Qwen2_5_VLProcessor");
    }

    private static void WriteTokenizerConfig(Utf8JsonWriter json, RandomModelShape shape)
    {
        json.WriteBoolean("add_prefix_space", false);
        json.WriteStartObject("added_tokens_decoder");
        for (int index = 0; index < QwenAddedTokens.All.Count; index++)
        {
            (string text, bool isSpecial) = QwenAddedTokens.All[index];
            json.WriteStartObject($"{shape.BaseVocabularySize + index}");
            json.WriteString("content", text);
            RandomTokenizerFile.WriteFlags(json, isSpecial);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteBoolean("clean_up_tokenization_spaces", false);
        json.WriteString("eos_token", QwenAddedTokens.TurnEnd);
        json.WriteString("pad_token", QwenAddedTokens.EndOfText);
        json.WriteNumber("model_max_length", shape.ContextLength);
        json.WriteString("tokenizer_class", "Qwen2Tokenizer");
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void WriteJson(string folder, string name, Action<Utf8JsonWriter> write)
    {
        using FileStream stream = File.Create(Path.Combine(folder, name));
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    }
}
