using Pixelis.Modeling;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Turns config.json into <see cref="QwenConfig"/>: flat layout (text fields at top level) and nested <c>text_config</c>,
/// <c>rope_theta</c>/<c>rope_scaling</c> and <c>rope_parameters</c>. What a file leaves out gets the default of its class.
/// </summary>
internal static class QwenConfigReader
{
    private const string Supported = "Qwen2ForCausalLM, Qwen3ForCausalLM and Qwen2_5_VLForConditionalGeneration are supported";

    public static QwenConfig Load(string folder)
    {
        string file = Path.Combine(folder, "config.json");
        if (!Directory.Exists(folder))
            throw new ModelFormatException(folder, "no such folder; a Hugging Face model folder with config.json was expected");
        ConfigObject top = ConfigObject.Read(file);
        QwenArchitecture architecture = ArchitectureOf(top, file);
        ConfigObject text = top.Object("text_config") ?? top;
        QwenTextConfig textConfig = ReadText(top, text, architecture, file);
        QwenVisionConfig? vision = architecture == QwenArchitecture.Qwen25Vision ? ReadVision(top, textConfig, file) : null;
        IReadOnlyList<int> ends = ReadEnds(folder, top, text);
        return new QwenConfig
        {
            Architecture = architecture,
            Text = textConfig,
            Vision = vision,
            DataType = ReadType(top, text),
            VisionStartTokenId = TokenId(top, text, "vision_start_token_id") ?? 151652,
            VisionEndTokenId = TokenId(top, text, "vision_end_token_id") ?? 151653,
            ImageTokenId = TokenId(top, text, "image_token_id") ?? 151655,
            VideoTokenId = TokenId(top, text, "video_token_id") ?? 151656,
            EndOfTurnTokenIds = ends,
            PaddingTokenId = TokenId(top, text, "pad_token_id") ?? (ends.Count > 0 ? ends[0] : 0),
        };
    }

    private static QwenArchitecture ArchitectureOf(ConfigObject top, string file)
    {
        string? name = top.FirstText("architectures");
        string? type = top.Text("model_type");
        return (name, type) switch
        {
            ("Qwen2ForCausalLM", _) or (null, "qwen2") => QwenArchitecture.Qwen2,
            ("Qwen3ForCausalLM", _) or (null, "qwen3") => QwenArchitecture.Qwen3,
            ("Qwen2_5_VLForConditionalGeneration", _) or (null, "qwen2_5_vl") => QwenArchitecture.Qwen25Vision,
            (null, null) => throw new ModelFormatException(file, $"names neither architectures nor model_type; {Supported}"),
            _ => throw new ModelFormatException(file, $"architecture '{name ?? type}' is unknown; {Supported}"),
        };
    }

    private static QwenTextConfig ReadText(ConfigObject top, ConfigObject text, QwenArchitecture architecture, string file)
    {
        bool sees = architecture == QwenArchitecture.Qwen25Vision;
        int heads = text.Count("num_attention_heads", most: 4096) ?? (sees ? 64 : 32);
        int hidden = text.Count("hidden_size") ?? (sees ? 8192 : 4096);
        int keyValueHeads = text.Count("num_key_value_heads", most: 4096)
            ?? (text.Has("num_key_value_heads") ? heads : sees ? 8 : 32);
        int? stated = sees ? null : text.Count("head_dim", most: 4096);
        int headSize = stated ?? (architecture == QwenArchitecture.Qwen3 && !text.Has("head_dim") ? 128 : hidden / heads);
        if (heads % keyValueHeads != 0)
            throw text.Wrong("num_key_value_heads", $"a divisor of num_attention_heads ({heads})");
        if (stated is null && architecture != QwenArchitecture.Qwen3 && hidden % heads != 0)
            throw text.Wrong("hidden_size", $"a multiple of num_attention_heads ({heads})");
        if (headSize % 2 != 0)
            throw new ModelFormatException(file, $"heads are {headSize} wide, but rotary positions need an even width");
        RefuseUnsupported(text);
        (double theta, IReadOnlyList<int> sections) = QwenRopeReader.Read(top, text, architecture, headSize, file);
        return new QwenTextConfig
        {
            VocabularySize = text.Count("vocab_size") ?? (sees ? 152064 : 151936),
            HiddenSize = hidden,
            IntermediateSize = text.Count("intermediate_size") ?? (sees ? 29568 : 22016),
            LayerCount = text.Count("num_hidden_layers", most: 4096) ?? (sees ? 80 : 32),
            HeadCount = heads,
            KeyValueHeadCount = keyValueHeads,
            HeadSize = headSize,
            NormEpsilon = text.Number("rms_norm_eps", 0, 1) ?? (sees ? 1e-5 : 1e-6),
            RopeTheta = theta,
            RopeSections = sections,
            ContextLength = text.Count("max_position_embeddings") ?? 32768,
            TiesEmbeddings = text.Flag("tie_word_embeddings") ?? top.Flag("tie_word_embeddings") ?? false,
            HasQueryKeyValueBias = architecture != QwenArchitecture.Qwen3 || (text.Flag("attention_bias") ?? false),
            HasOutputBias = architecture == QwenArchitecture.Qwen3 && (text.Flag("attention_bias") ?? false),
            NormalizesQueryAndKey = architecture == QwenArchitecture.Qwen3,
        };
    }

    private static void RefuseUnsupported(ConfigObject text)
    {
        if ((text.Text("hidden_act") ?? "silu") != "silu")
            throw text.Wrong("hidden_act", "'silu'");
        if (text.Flag("use_sliding_window") == true)
            throw text.Wrong("use_sliding_window", "false (attention over a sliding window is not supported)");
    }

    private static QwenVisionConfig ReadVision(ConfigObject top, QwenTextConfig text, string file)
    {
        ConfigObject vision = top.Object("vision_config") ?? throw top.Wrong("vision_config", "an object");
        if ((vision.Text("hidden_act") ?? "silu") != "silu")
            throw vision.Wrong("hidden_act", "'silu'");
        int depth = vision.Count("depth", most: 4096) ?? 32;
        var config = new QwenVisionConfig
        {
            Depth = depth,
            HiddenSize = vision.Count("hidden_size") ?? 3584,
            IntermediateSize = vision.Count("intermediate_size") ?? 3420,
            HeadCount = vision.Count("num_heads", most: 4096) ?? 16,
            ChannelCount = vision.Count("in_channels", most: 64) ?? vision.Count("in_chans", most: 64) ?? 3,
            OutputSize = vision.Count("out_hidden_size") ?? 3584,
            PatchSize = vision.Count("patch_size", most: 1024) ?? 14,
            TemporalPatchSize = vision.Count("temporal_patch_size", most: 64) ?? 2,
            MergeSize = vision.Count("spatial_merge_size", most: 64) ?? 2,
            WindowSize = vision.Count("window_size", most: 1 << 16) ?? 112,
            FullAttentionBlocks = vision.Counts("fullatt_block_indexes", 0, depth - 1, 4096) ?? [7, 15, 23, 31],
            TokensPerSecond = vision.Number("tokens_per_second", 0, 10000) ?? 4,
        };
        if (config.HiddenSize % config.HeadCount != 0 || config.HeadSize % 4 != 0)
            throw vision.Wrong("num_heads", $"a divisor of hidden_size ({config.HiddenSize}) that gives heads of a width divisible by 4");
        if (config.OutputSize != text.HiddenSize)
            throw vision.Wrong("out_hidden_size", $"the language model's hidden_size ({text.HiddenSize})");
        if (config.WindowSize < config.PatchSize * config.MergeSize)
            throw vision.Wrong("window_size", $"at least one merged unit ({config.PatchSize * config.MergeSize} pixels)");
        return config;
    }

    private static IReadOnlyList<int> ReadEnds(string folder, ConfigObject top, ConfigObject text)
    {
        string generation = Path.Combine(folder, "generation_config.json");
        IReadOnlyList<int>? ends = File.Exists(generation) ? Ids(ConfigObject.Read(generation)) : null;
        return ends ?? Ids(top) ?? Ids(text) ?? [];

        static IReadOnlyList<int>? Ids(ConfigObject config) => config.Counts("eos_token_id", 0, int.MaxValue, 64);
    }

    private static int? TokenId(ConfigObject top, ConfigObject text, string name) =>
        top.Count(name, 0, int.MaxValue) ?? text.Count(name, 0, int.MaxValue);

    private static ScalarType? ReadType(ConfigObject top, ConfigObject text)
    {
        foreach ((ConfigObject config, string field) in new[] { (top, "dtype"), (top, "torch_dtype"), (text, "dtype"), (text, "torch_dtype") })
        {
            if (config.Text(field) is { } name)
            {
                return name switch
                {
                    "float32" or "float" => ScalarType.Float32,
                    "bfloat16" => ScalarType.BFloat16,
                    "float16" or "half" => ScalarType.Float16,
                    "auto" => null,
                    _ => throw config.Wrong(field, "float32, bfloat16 or float16"),
                };
            }
        }

        return null;
    }
}
