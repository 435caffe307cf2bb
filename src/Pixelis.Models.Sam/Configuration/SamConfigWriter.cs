using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pixelis.Models.Sam;

/// <summary>Writes config.json and preprocessor_config.json as <see cref="SamConfigReader"/> and <see cref="SamImageProcessor"/> read them.</summary>
internal static class SamConfigWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string folder, SamConfig config)
    {
        var root = new JsonObject
        {
            ["architectures"] = new JsonArray("SamModel"),
            ["model_type"] = "sam",
            ["vision_config"] = Vision(config.Vision),
            ["prompt_encoder_config"] = Prompt(config),
            ["mask_decoder_config"] = Decoder(config.Decoder),
        };
        File.WriteAllText(Path.Combine(folder, "config.json"), root.ToJsonString(Indented));
        File.WriteAllText(Path.Combine(folder, "preprocessor_config.json"), Preprocessor(config.Vision.ImageSize).ToJsonString(Indented));
    }

    private static JsonObject Vision(SamVisionConfig config) => new()
    {
        ["hidden_size"] = config.HiddenSize,
        ["output_channels"] = config.OutputChannels,
        ["num_hidden_layers"] = config.LayerCount,
        ["num_attention_heads"] = config.HeadCount,
        ["num_channels"] = config.ChannelCount,
        ["image_size"] = config.ImageSize,
        ["patch_size"] = config.PatchSize,
        ["mlp_dim"] = config.FeedForwardSize,
        ["hidden_act"] = Name(config.Activation),
        ["layer_norm_eps"] = config.NormEpsilon,
        ["qkv_bias"] = config.HasQueryBias,
        ["use_abs_pos"] = config.HasAbsolutePositions,
        ["use_rel_pos"] = config.HasRelativePositions,
        ["window_size"] = config.WindowSize,
        ["global_attn_indexes"] = new JsonArray([.. config.GlobalLayers.Select(layer => (JsonNode)layer)]),
        ["num_pos_feats"] = config.FrequencyCount,
    };

    private static JsonObject Prompt(SamConfig config) => new()
    {
        ["hidden_size"] = config.Prompt.HiddenSize,
        ["image_size"] = config.Vision.ImageSize,
        ["patch_size"] = config.Vision.PatchSize,
        ["mask_input_channels"] = config.Prompt.MaskChannels,
        ["num_point_embeddings"] = 4,
        ["hidden_act"] = Name(config.Prompt.Activation),
        ["layer_norm_eps"] = config.Prompt.NormEpsilon,
    };

    private static JsonObject Decoder(SamDecoderConfig config) => new()
    {
        ["hidden_size"] = config.HiddenSize,
        ["hidden_act"] = Name(config.Activation),
        ["mlp_dim"] = config.FeedForwardSize,
        ["num_hidden_layers"] = config.LayerCount,
        ["num_attention_heads"] = config.HeadCount,
        ["attention_downsample_rate"] = config.AttentionDownsampling,
        ["num_multimask_outputs"] = config.MultimaskCount,
        ["iou_head_depth"] = config.QualityDepth,
        ["iou_head_hidden_dim"] = config.QualityHiddenSize,
        ["layer_norm_eps"] = config.NormEpsilon,
    };

    private static JsonObject Preprocessor(int size) => new()
    {
        ["image_processor_type"] = "SamImageProcessor",
        ["do_resize"] = true,
        ["size"] = new JsonObject { ["longest_edge"] = size },
        ["resample"] = 2,
        ["do_rescale"] = true,
        ["rescale_factor"] = 1 / 255.0,
        ["do_normalize"] = true,
        ["image_mean"] = new JsonArray(0.485, 0.456, 0.406),
        ["image_std"] = new JsonArray(0.229, 0.224, 0.225),
        ["do_pad"] = true,
        ["pad_size"] = new JsonObject { ["height"] = size, ["width"] = size },
        ["do_convert_rgb"] = true,
    };

    private static string Name(SamActivation activation) => activation == SamActivation.Gelu ? "gelu" : "relu";
}
