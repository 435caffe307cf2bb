using Pixelis.Models.Qwen.RandomModels;
using Pixelis.TestKit;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen.Tests.Conversations;

/// <summary>A whole model folder with random weights, made once for the tests of this folder, and the model loaded from it.</summary>
public sealed class TinyChatModel : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public TinyChatModel()
    {
        Folder = _temporary["tiny"];
        RandomModel.Write(Folder, RandomModelShape.Find("tiny")!, new RandomModels.RandomModelOptions { DataType = ScalarType.Float32, Seed = 5 });
        Model = QwenVisionLanguageModel.FromPretrained(Folder);
    }

    public string Folder { get; }

    public QwenVisionLanguageModel Model { get; }

    public static PixelImage Picture(int width, int height, int seed)
    {
        var pixels = new byte[width * height * 3];
        new Random(seed).NextBytes(pixels);
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }

    public void Dispose()
    {
        Model.Dispose();
        _temporary.Dispose();
    }
}
