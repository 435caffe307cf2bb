using System.Text.Json;
using System.Text.Json.Nodes;
using Pixelis.Agents;
using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.Tokenization;

namespace Pixelis.Tiny;

/// <summary>The files of the model folder that exist before any weight does: tokenizer, config.json and the processors' settings.</summary>
internal static class TinyFolder
{
    public const int MaxTurns = 4, MaxToolCalls = 8, MaxNewTokens = 320;

    private static readonly string[] Special =
    [
        "<|endoftext|>", "<|im_start|>", "<|im_end|>", "<|object_ref_start|>", "<|object_ref_end|>", "<|box_start|>", "<|box_end|>",
        "<|quad_start|>", "<|quad_end|>", "<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>",
    ];

    // A thing is one token, in questions and in what the model writes: whether two mentions are of the same thing is then one comparison, not two.
    private static readonly string[] Whole = ["<tool_call>", "</tool_call>", .. Cells.Things.Select(thing => " " + thing)];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the folder, unless it is there.</summary>
    public static void Write(string folder, IEnumerable<string> texts, bool usesTools)
    {
        if (File.Exists(Path.Combine(folder, "config.json")))
            return;
        Directory.CreateDirectory(folder);
        QwenTokenizer tokenizer = TokenizerTrainer.Train(texts, TinyShape.VocabularySize, Special, folder, wholeTokens: Whole);
        int Id(string token) => tokenizer.TryGetAddedToken(token, out int id) ? id : throw new InvalidOperationException(token);
        Save(folder, "preprocessor_config.json", Processor(TinyShape.MaxPixels));
        Save(folder, "video_preprocessor_config.json", Processor(TinyShape.MaxFramePixels));
        Save(folder, "generation_config.json", new JsonObject
        {
            ["eos_token_id"] = new JsonArray(Id("<|im_end|>"), Id("<|endoftext|>")), ["pad_token_id"] = Id("<|endoftext|>"), ["do_sample"] = false,
        });
        new AgentProfile
        {
            AnnouncesTools = false, MaxTurns = MaxTurns, MaxToolCalls = MaxToolCalls, MaxNewTokens = MaxNewTokens,
            Tools = usesTools ? ["ZOOM_IN", "SELECT_FRAMES", "SEGMENT_OBJECT_AT", "GET_PROPERTIES", "READ_TEXT", "TRACK_OBJECT"] : [],
        }.Save(folder);
        Save(folder, "config.json", Config(Id, tokenizer.VocabularySize));
    }

    /// <summary>Puts a whole model folder together: these files, and the weights as bfloat16, half as large.</summary>
    public static void Export(string from, string to, QwenModel weights)
    {
        QwenModelFolder.CopySettings(from, to);
        weights.SavePretrained(to, type: TorchSharp.torch.ScalarType.BFloat16);
    }

    private static JsonObject Processor(int maxPixels) => new()
    {
        ["min_pixels"] = 56 * 56, ["max_pixels"] = maxPixels, ["patch_size"] = 14, ["temporal_patch_size"] = 2, ["merge_size"] = 2,
        ["image_mean"] = new JsonArray(0.48145466, 0.4578275, 0.40821073), ["image_std"] = new JsonArray(0.26862954, 0.26130258, 0.27577711),
        ["image_processor_type"] = "Qwen2VLImageProcessor", ["processor_class"] = "Qwen2_5_VLProcessor",
    };

    private static JsonObject Config(Func<string, int> id, int vocabulary) =>
        new()
        {
            ["architectures"] = new JsonArray("Qwen2_5_VLForConditionalGeneration"), ["model_type"] = "qwen2_5_vl",
            ["bos_token_id"] = id("<|endoftext|>"), ["eos_token_id"] = id("<|im_end|>"),
            ["vision_start_token_id"] = id("<|vision_start|>"), ["vision_end_token_id"] = id("<|vision_end|>"), ["vision_token_id"] = id("<|vision_pad|>"),
            ["image_token_id"] = id("<|image_pad|>"), ["video_token_id"] = id("<|video_pad|>"),
            ["hidden_act"] = "silu", ["hidden_size"] = TinyShape.Hidden, ["intermediate_size"] = TinyShape.FeedForward, ["initializer_range"] = TinyShape.InitialDeviation,
            ["max_position_embeddings"] = TinyShape.Context, ["num_attention_heads"] = TinyShape.Heads, ["num_hidden_layers"] = TinyShape.Layers,
            ["num_key_value_heads"] = TinyShape.KeyValueHeads, ["rms_norm_eps"] = 1e-6, ["rope_theta"] = TinyShape.RopeTheta, ["tie_word_embeddings"] = true,
            ["torch_dtype"] = "bfloat16", ["use_cache"] = true, ["use_sliding_window"] = false, ["vocab_size"] = vocabulary,
            ["rope_scaling"] = new JsonObject { ["type"] = "mrope", ["mrope_section"] = new JsonArray(TinyShape.TimePairs, TinyShape.HeightPairs, TinyShape.WidthPairs) },
            ["vision_config"] = new JsonObject
            {
                ["model_type"] = "qwen2_5_vl", ["depth"] = TinyShape.VisionDepth, ["hidden_act"] = "silu", ["hidden_size"] = TinyShape.VisionHidden,
                ["intermediate_size"] = TinyShape.VisionFeedForward, ["num_heads"] = TinyShape.VisionHeads, ["in_channels"] = 3, ["in_chans"] = 3,
                ["out_hidden_size"] = TinyShape.Hidden, ["patch_size"] = 14, ["spatial_merge_size"] = 2, ["spatial_patch_size"] = 14, ["window_size"] = 112,
                ["fullatt_block_indexes"] = new JsonArray(1, 3), ["tokens_per_second"] = 2, ["temporal_patch_size"] = 2,
            },
        };

    private static void Save(string folder, string name, JsonObject content) =>
        File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(Indented) + "\n");
}
