namespace Pixelis.Models.Qwen;

/// <summary>Sizes of models to make at random: small ones for tests and benchmarks, and a released one for memory and speed.</summary>
internal static class QwenPresets
{
    private sealed record Shape(int Hidden, int Layers, int Heads, int KeyValueHeads, int Intermediate, int Vocabulary, bool Tied = true, int HeadSize = 64)
    {
        public int Context { get; init; } = 32768;
    }

    private static readonly Dictionary<string, Shape> Sizes = new(StringComparer.Ordinal)
    {
        ["tiny"] = new(256, 6, 4, 2, 1024, 4096),
        ["0.1b"] = new(512, 16, 8, 2, 2816, 32768),
        ["0.5b"] = new(896, 24, 14, 2, 4864, 151936),
        ["7b"] = new(3584, 28, 28, 4, 18944, 152064, Tied: false, HeadSize: 128) { Context = 128000 },
        ["8b"] = new(4096, 36, 32, 8, 12288, 151936, Tied: false, HeadSize: 128) { Context = 40960 },
    };

    /// <summary>Names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "qwen2.5-vl-tiny", "qwen2.5-vl-0.1b", "qwen2.5-vl-0.5b", "qwen2.5-vl-7b",
        "qwen2.5-tiny", "qwen2.5-0.1b", "qwen2.5-0.5b", "qwen2.5-7b",
        "qwen3-tiny", "qwen3-0.1b", "qwen3-0.5b", "qwen3-8b",
    ];

    /// <summary>The config of that name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="vocabularySize">Rows of the embedding; null for the size's own.</param>
    /// <param name="specialTokenBase">Id of the first special token; null for Qwen's own, or the last 32 ids of a smaller vocabulary.</param>
    public static QwenConfig Find(string name, int? vocabularySize, int? specialTokenBase)
    {
        if (!Names.Contains(name))
            throw new PixelisException($"there is no preset '{name}'; there are {string.Join(", ", Names)}");
        int cut = name.LastIndexOf('-');
        Shape shape = Sizes[name[(cut + 1)..]];
        QwenArchitecture architecture = name[..cut] switch
        {
            "qwen2.5-vl" => QwenArchitecture.Qwen25Vision,
            "qwen2.5" => QwenArchitecture.Qwen2,
            _ => QwenArchitecture.Qwen3,
        };
        int vocabulary = vocabularySize ?? shape.Vocabulary;
        int first = specialTokenBase ?? (vocabulary > 151670 ? 151643 : vocabulary - 32);
        if (first < 0 || first + 14 > vocabulary)
            throw new PixelisException($"special tokens from id {first} on do not fit a vocabulary of {vocabulary}");
        bool sees = architecture == QwenArchitecture.Qwen25Vision;
        return new QwenConfig
        {
            Architecture = architecture,
            Text = TextOf(shape, architecture, vocabulary),
            Vision = sees ? VisionOf(shape) : null,
            // Qwen's special tokens keep their distances: <|endoftext|> +0, <|im_end|> +2, <|vision_start|> +9 and so on.
            EndOfTurnTokenIds = [first + 2, first],
            PaddingTokenId = first,
            VisionStartTokenId = first + 9,
            VisionEndTokenId = first + 10,
            ImageTokenId = first + 12,
            VideoTokenId = first + 13,
        };
    }

    private static QwenTextConfig TextOf(Shape shape, QwenArchitecture architecture, int vocabulary) => new()
    {
        VocabularySize = vocabulary,
        HiddenSize = shape.Hidden,
        IntermediateSize = shape.Intermediate,
        LayerCount = shape.Layers,
        HeadCount = shape.Heads,
        KeyValueHeadCount = shape.KeyValueHeads,
        HeadSize = shape.HeadSize,
        NormEpsilon = 1e-6,
        RopeTheta = 1_000_000,
        RopeSections = architecture == QwenArchitecture.Qwen25Vision ? [shape.HeadSize / 8, shape.HeadSize * 3 / 16, shape.HeadSize * 3 / 16] : [],
        ContextLength = shape.Context,
        TiesEmbeddings = shape.Tied,
        HasQueryKeyValueBias = architecture != QwenArchitecture.Qwen3,
        NormalizesQueryAndKey = architecture == QwenArchitecture.Qwen3,
    };

    private static QwenVisionConfig VisionOf(Shape shape)
    {
        (int depth, int size, int heads, int intermediate) = shape.Hidden switch
        {
            <= 256 => (4, 128, 4, 256),
            <= 512 => (8, 256, 8, 768),
            <= 896 => (12, 512, 8, 1536),
            _ => (32, 1280, 16, 3420),
        };
        return new QwenVisionConfig
        {
            Depth = depth,
            HiddenSize = size,
            IntermediateSize = intermediate,
            HeadCount = heads,
            ChannelCount = 3,
            OutputSize = shape.Hidden,
            PatchSize = 14,
            TemporalPatchSize = 2,
            MergeSize = 2,
            WindowSize = 112,
            FullAttentionBlocks = [.. Enumerable.Range(1, 4).Select(i => (i * depth / 4) - 1).Distinct()],
            TokensPerSecond = 2,
        };
    }
}
