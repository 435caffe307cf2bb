using Pixelis.Imaging;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Benchmarks.Image;

/// <summary>The picture of the Python peer: waves with noise, 1920x1080, also as a JPEG of quality 90.</summary>
internal sealed class ImageWorkload
{
    private readonly PixelImage _image = Waves(1920, 1080);
    private readonly QwenImageProcessor _processor = new(new QwenImageProcessorOptions { MaxPixels = 900_000 });

    internal ImageWorkload()
    {
        Jpeg = OpenCvImageCodec.Shared.Encode(_image, ImageFileFormat.Jpeg, 90);
        Grid = _processor.GridOf(1920, 1080);
        if (Grid != new VisionGrid(1, 700 / 14, 1260 / 14))
            throw new InvalidOperationException($"Expected a picture of 1260x700, got the grid {Grid}.");
    }

    internal byte[] Jpeg { get; }

    internal VisionGrid Grid { get; }

    internal PixelImage Decode() => OpenCvImageCodec.Shared.Decode(Jpeg);

    internal byte[] Resize() => BicubicResizer.Resize(_image.Pixels.Span, 1920, 1080, 3, 1260, 700);

    internal VisionPatches Process() => _processor.Process(_image);

    internal VisionPatches DecodeAndProcess() => _processor.Process(Decode());

    private static PixelImage Waves(int width, int height)
    {
        var random = new Random(0);
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++)
        {
            int c = i % 3, x = i / 3 % width, y = i / 3 / width;
            double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            pixels[i] = (byte)Math.Clamp(127 + 90 * Math.Sin(x / (17.0 + 9 * c)) * Math.Cos(y / (23.0 - 5 * c)) + 12 * noise, 0, 255);
        }
        return PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels);
    }
}
