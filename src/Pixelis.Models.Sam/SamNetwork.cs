using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>The whole model: picture to embedding, embedding and prompts to masks. Safe to call from several threads.</summary>
internal sealed class SamNetwork : IDisposable
{
    private readonly SamWeights _weights;
    private readonly SamVisionEncoder _vision;
    private readonly SamPromptEncoder _prompts;
    private readonly SamMaskDecoder _decoder;
    private readonly Device _device;
    private readonly Tensor _places;

    public SamNetwork(SamConfig config, SamWeights weights, Device device)
    {
        Config = config;
        _weights = weights;
        _device = device;
        _vision = new SamVisionEncoder(config.Vision, weights);
        _prompts = new SamPromptEncoder(config, weights);
        _decoder = new SamMaskDecoder(config.Decoder, weights);
        using IDisposable noGrad = no_grad();
        _places = _prompts.PicturePositions().DetachFromDisposeScope();
    }

    public SamConfig Config { get; }

    /// <summary>Encodes a prepared picture.</summary>
    /// <param name="pixels"><c>3 x S x S</c> numbers.</param>
    /// <param name="cancellationToken">Stops between layers and between heads.</param>
    /// <returns><c>C x G x G</c> numbers.</returns>
    public float[] Encode(float[] pixels, CancellationToken cancellationToken)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long side = Config.Vision.ImageSize;
        Tensor input = tensor(pixels, ScalarType.Float32, _device).view(1, 3, side, side);
        return Numbers(_vision.Forward(input, cancellationToken));
    }

    /// <summary>Decodes prompts for one embedding.</summary>
    public SamPrediction Decode(float[] embedding, SamPrompts prompts)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long grid = Config.Vision.GridSize;
        Tensor picture = tensor(embedding, ScalarType.Float32, _device).view(1, -1, grid, grid);
        (Tensor masks, Tensor quality) = _decoder.Forward(picture, _places, _prompts.Tokens(prompts), _prompts.Dense(prompts));
        return new SamPrediction((int)masks.shape[1], (int)masks.shape[2], Numbers(masks), Numbers(quality));
    }

    /// <summary>A mask at the size of the source picture: to the square input, without its padding, to the source.</summary>
    /// <param name="logits">One mask, <c>4 G x 4 G</c> numbers.</param>
    /// <param name="frame">How the picture lies in the input.</param>
    /// <returns>Logits, row by row.</returns>
    public float[] ToSource(ReadOnlySpan<float> logits, SamFrame frame)
    {
        using IDisposable noGrad = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long side = 4L * Config.Vision.GridSize, square = Config.Vision.ImageSize;
        Tensor small = tensor(logits.ToArray(), ScalarType.Float32, _device).view(1, 1, side, side);
        Tensor input = Resize(small, square, square).narrow(2, 0, frame.Height).narrow(3, 0, frame.Width);
        return Numbers(Resize(input, frame.SourceHeight, frame.SourceWidth));
    }

    public void Dispose()
    {
        _places.Dispose();
        _weights.Dispose();
    }

    private static Tensor Resize(Tensor x, long height, long width) =>
        nn.functional.interpolate(x, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);

    private static float[] Numbers(Tensor x) => x.cpu().contiguous().data<float>().ToArray();
}
