using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests;

/// <summary>Configs and inputs of models small enough to be made anew in every test.</summary>
internal static class SmallModel
{
    public const int VisionStart = 60;
    public const int VisionEnd = 61;
    public const int Image = 62;
    public const int Video = 63;

    public static QwenConfig Text(QwenArchitecture architecture = QwenArchitecture.Qwen3, bool tied = true) => new()
    {
        Architecture = architecture,
        Text = new QwenTextConfig
        {
            VocabularySize = 64,
            HiddenSize = 32,
            IntermediateSize = 48,
            LayerCount = 2,
            HeadCount = 4,
            KeyValueHeadCount = 2,
            HeadSize = architecture == QwenArchitecture.Qwen3 ? 16 : 8,
            NormEpsilon = 1e-6,
            RopeTheta = 10000,
            RopeSections = architecture == QwenArchitecture.Qwen25Vision ? [1, 1, 2] : [],
            ContextLength = 256,
            TiesEmbeddings = tied,
            HasQueryKeyValueBias = architecture != QwenArchitecture.Qwen3,
            NormalizesQueryAndKey = architecture == QwenArchitecture.Qwen3,
        },
        EndOfTurnTokenIds = [1],
        PaddingTokenId = 0,
        VisionStartTokenId = VisionStart,
        VisionEndTokenId = VisionEnd,
        ImageTokenId = Image,
        VideoTokenId = Video,
    };

    public static QwenConfig Vision(bool tied = true) => Text(QwenArchitecture.Qwen25Vision, tied) with
    {
        Vision = new QwenVisionConfig
        {
            Depth = 2,
            HiddenSize = 32,
            IntermediateSize = 40,
            HeadCount = 2,
            ChannelCount = 3,
            OutputSize = 32,
            PatchSize = 4,
            TemporalPatchSize = 2,
            MergeSize = 2,
            WindowSize = 16,
            FullAttentionBlocks = [1],
            TokensPerSecond = 2,
        },
    };

    /// <summary>Weights wide enough apart for attention to matter.</summary>
    public static QwenModel Create(QwenConfig config, ScalarType type = ScalarType.Float32) =>
        RandomQwenModel.Create(config, new RandomWeightsOptions { DataType = type, StandardDeviation = 0.3 });

    public static void Write(QwenConfig config, string folder, ScalarType type = ScalarType.Float32, long shard = long.MaxValue) =>
        RandomQwenModel.Write(config, folder, new RandomWeightsOptions { DataType = type, StandardDeviation = 0.3, MaximumShardBytes = shard });

    public static ModelInputs Tokens(params long[] ids) => new() { InputIds = torch.tensor(ids, [1, ids.Length]) };

    /// <summary>Some text, one image of 8x6 patches (12 features), some text.</summary>
    public static long[] WithImage { get; } = [3, 4, VisionStart, .. Enumerable.Repeat((long)Image, 12), VisionEnd, 5, 6, 7];

    public static ModelInputs WithImageInputs(params long[] more)
    {
        long[] ids = [.. WithImage, .. more];
        return Tokens(ids) with { PixelValues = Pixels(48), ImageGrids = [new VisionGrid(1, 8, 6)] };
    }

    public static Tensor Pixels(int patches)
    {
        torch.manual_seed(9);
        return torch.randn([patches, 3 * 2 * 4 * 4]);
    }

    public static float Difference(Tensor a, Tensor b)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        return (a - b).abs().max().item<float>();
    }
}
