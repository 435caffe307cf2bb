using Pixelis.Modeling;

namespace Pixelis.Models.Sam;

/// <summary>Reads config.json in the layout of <c>facebook/sam-vit-base</c>. Fields that are absent have that layout's defaults.</summary>
internal static class SamConfigReader
{
    private const double LeastEpsilon = 1e-12, MostEpsilon = 1;

    /// <exception cref="ModelFormatException">The file is missing or no JSON object, or a field is wrong.</exception>
    public static SamConfig Read(string file)
    {
        ConfigObject root = ConfigObject.Read(file);
        if (root.Text("model_type") is { } type && type != "sam")
            throw root.Wrong("model_type", "\"sam\"");
        ConfigObject vision = root.Object("vision_config") ?? throw root.Wrong("vision_config", "an object");
        ConfigObject prompt = root.Object("prompt_encoder_config") ?? throw root.Wrong("prompt_encoder_config", "an object");
        ConfigObject decoder = root.Object("mask_decoder_config") ?? throw root.Wrong("mask_decoder_config", "an object");
        var config = new SamConfig { Vision = Vision(vision), Prompt = Prompt(prompt), Decoder = Decoder(decoder) };
        CheckTogether(config, vision, prompt, decoder);
        return config;
    }

    private static SamVisionConfig Vision(ConfigObject json)
    {
        var d = new SamVisionConfig();
        int hidden = json.Count("hidden_size", 1, 1 << 14) ?? d.HiddenSize;
        var config = new SamVisionConfig
        {
            HiddenSize = hidden,
            OutputChannels = json.Count("output_channels", 1, 1 << 14) ?? d.OutputChannels,
            LayerCount = json.Count("num_hidden_layers", 1, 256) ?? d.LayerCount,
            HeadCount = json.Count("num_attention_heads", 1, 256) ?? d.HeadCount,
            ChannelCount = json.Count("num_channels", 3, 3) ?? d.ChannelCount,
            ImageSize = json.Count("image_size", 1, 4096) ?? d.ImageSize,
            PatchSize = json.Count("patch_size", 1, 256) ?? d.PatchSize,
            FeedForwardSize = json.Count("mlp_dim", 1, 1 << 16) ?? (int)(hidden * (json.Number("mlp_ratio", 0.001, 64) ?? 4)),
            Activation = Activation(json, d.Activation),
            NormEpsilon = json.Number("layer_norm_eps", LeastEpsilon, MostEpsilon) ?? d.NormEpsilon,
            HasQueryBias = json.Flag("qkv_bias") ?? d.HasQueryBias,
            HasAbsolutePositions = json.Flag("use_abs_pos") ?? d.HasAbsolutePositions,
            HasRelativePositions = json.Flag("use_rel_pos") ?? d.HasRelativePositions,
            WindowSize = json.Count("window_size", 0, 4096) ?? d.WindowSize,
            GlobalLayers = json.Counts("global_attn_indexes", 0, 255, 256) ?? d.GlobalLayers,
            FrequencyCount = json.Count("num_pos_feats", 1, 1 << 14) ?? d.FrequencyCount,
        };
        if (config.HiddenSize % config.HeadCount != 0)
            throw json.Wrong("num_attention_heads", $"a divisor of hidden_size ({config.HiddenSize})");
        if (config.ImageSize % config.PatchSize != 0)
            throw json.Wrong("image_size", $"a multiple of patch_size ({config.PatchSize})");
        return config;
    }

    private static SamPromptConfig Prompt(ConfigObject json)
    {
        var d = new SamPromptConfig();
        var config = new SamPromptConfig
        {
            HiddenSize = json.Count("hidden_size", 1, 1 << 14) ?? d.HiddenSize,
            MaskChannels = json.Count("mask_input_channels", 4, 1 << 12) ?? d.MaskChannels,
            Activation = Activation(json, d.Activation),
            NormEpsilon = json.Number("layer_norm_eps", LeastEpsilon, MostEpsilon) ?? d.NormEpsilon,
        };
        if (config.MaskChannels % 4 != 0)
            throw json.Wrong("mask_input_channels", "a multiple of 4");
        json.Count("num_point_embeddings", 4, 4);
        return config;
    }

    private static SamDecoderConfig Decoder(ConfigObject json)
    {
        var d = new SamDecoderConfig();
        var config = new SamDecoderConfig
        {
            HiddenSize = json.Count("hidden_size", 8, 1 << 14) ?? d.HiddenSize,
            Activation = Activation(json, d.Activation),
            FeedForwardSize = json.Count("mlp_dim", 1, 1 << 16) ?? d.FeedForwardSize,
            LayerCount = json.Count("num_hidden_layers", 1, 64) ?? d.LayerCount,
            HeadCount = json.Count("num_attention_heads", 1, 256) ?? d.HeadCount,
            AttentionDownsampling = json.Count("attention_downsample_rate", 1, 64) ?? d.AttentionDownsampling,
            MultimaskCount = json.Count("num_multimask_outputs", 1, 16) ?? d.MultimaskCount,
            QualityDepth = json.Count("iou_head_depth", 2, 16) ?? d.QualityDepth,
            QualityHiddenSize = json.Count("iou_head_hidden_dim", 1, 1 << 14) ?? d.QualityHiddenSize,
            NormEpsilon = json.Number("layer_norm_eps", LeastEpsilon, MostEpsilon) ?? d.NormEpsilon,
        };
        if (config.HiddenSize % 8 != 0)
            throw json.Wrong("hidden_size", "a multiple of 8");
        if (config.HiddenSize % (config.AttentionDownsampling * config.HeadCount) != 0)
            throw json.Wrong("num_attention_heads", $"a divisor of hidden_size / attention_downsample_rate ({config.HiddenSize} / {config.AttentionDownsampling})");
        return config;
    }

    private static void CheckTogether(SamConfig config, ConfigObject vision, ConfigObject prompt, ConfigObject decoder)
    {
        int width = config.Vision.OutputChannels;
        if (config.Prompt.HiddenSize != width)
            throw prompt.Wrong("hidden_size", $"the {width} of vision_config.output_channels");
        if (config.Decoder.HiddenSize != width)
            throw decoder.Wrong("hidden_size", $"the {width} of vision_config.output_channels");
        if (config.Vision.FrequencyCount * 2 != width)
            throw vision.Wrong("num_pos_feats", $"half of output_channels ({width})");
        if ((prompt.Count("image_size") ?? config.Vision.ImageSize) != config.Vision.ImageSize)
            throw prompt.Wrong("image_size", $"the {config.Vision.ImageSize} of vision_config.image_size");
        if ((prompt.Count("patch_size") ?? config.Vision.PatchSize) != config.Vision.PatchSize)
            throw prompt.Wrong("patch_size", $"the {config.Vision.PatchSize} of vision_config.patch_size");
    }

    private static SamActivation Activation(ConfigObject json, SamActivation fallback) => json.Text("hidden_act") switch
    {
        null => fallback,
        "gelu" => SamActivation.Gelu,
        "relu" => SamActivation.Relu,
        _ => throw json.Wrong("hidden_act", "\"gelu\" or \"relu\""),
    };
}
