using Pixelis.Models.Qwen;
using Pixelis.Models.Qwen.RandomModels;
using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Agents.Tests.Episodes;

/// <summary>A real Qwen2.5-VL, random and as small as its parts allow, made once for the tests that share it.</summary>
public sealed class TinyVisionModel : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public TinyVisionModel()
    {
        RandomModelShape shape = RandomModelShape.Find("tiny")! with
        {
            HiddenSize = 64,
            LayerCount = 2,
            HeadCount = 2,
            KeyValueHeadCount = 1,
            FeedForwardSize = 128,
            VocabularySize = 640,
            ContextLength = 4096,
            VisionSize = 32,
            VisionDepth = 2,
            VisionHeadCount = 2,
            VisionFeedForwardSize = 64,
            MaxPixels = 12_544,
        };
        RandomModel.Write(_temporary["tiny"], shape, new RandomModelOptions { DataType = ScalarType.Float32, Seed = 11 });
        // Without a memory of pictures, which keeps tensors on purpose, so that live tensors can be counted.
        Model = QwenVisionLanguageModel.FromPretrained(_temporary["tiny"], new QwenVisionLanguageModelOptions { Model = new QwenModelOptions { VisionMemoryBytes = 0 } });
    }

    public string Folder => _temporary["tiny"];

    public QwenVisionLanguageModel Model { get; }

    public static PixelImage Picture(Random random, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        random.NextBytes(pixels);
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    public void Dispose()
    {
        Model.Dispose();
        _temporary.Dispose();
    }
}
