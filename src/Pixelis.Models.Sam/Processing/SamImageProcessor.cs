using Pixelis.Modeling;

namespace Pixelis.Models.Sam;

/// <summary>Prepares pictures as preprocessor_config.json says: longest side to a length, normalised, then zeros to a square.</summary>
internal sealed class SamImageProcessor
{
    private readonly double[] _mean;
    private readonly double[] _deviation;
    private readonly double _factor;

    private SamImageProcessor(int longest, int size, double factor, double[] mean, double[] deviation)
    {
        (Longest, Size) = (longest, size);
        (_factor, _mean, _deviation) = (factor, mean, deviation);
    }

    /// <summary>Length of the longer side after scaling.</summary>
    public int Longest { get; }

    /// <summary>Side of the square.</summary>
    public int Size { get; }

    /// <summary>Reads the file.</summary>
    /// <param name="file">preprocessor_config.json.</param>
    /// <param name="imageSize">Side of the model's input.</param>
    /// <exception cref="ModelFormatException">The file is missing, or asks for something else than the model was made for.</exception>
    public static SamImageProcessor Read(string file, int imageSize)
    {
        ConfigObject json = ConfigObject.Read(file);
        foreach (string step in (string[])["do_resize", "do_rescale", "do_normalize", "do_pad", "do_convert_rgb"])
        {
            if (json.Flag(step) == false)
                throw json.Wrong(step, "true");
        }

        if (json.Count("resample", 0, 5) is { } filter and not 2)
            throw json.Wrong("resample", "2 (bilinear)");
        int longest = json.Object("size") is { } size ? size.Count("longest_edge", 1, imageSize) ?? throw size.Wrong("longest_edge", $"a whole number up to {imageSize}") : imageSize;
        if (json.Object("pad_size") is { } square)
        {
            foreach (string side in (string[])["height", "width"])
            {
                if (square.Count(side) != imageSize)
                    throw square.Wrong(side, $"the {imageSize} of vision_config.image_size in config.json");
            }
        }

        return new SamImageProcessor(
            longest, imageSize, json.Number("rescale_factor", 1e-6, 1) ?? 1 / 255.0,
            [.. json.Numbers("image_mean", -1000, 1000, 3) ?? [0.485, 0.456, 0.406]], [.. json.Numbers("image_std", 1e-6, 1000, 3) ?? [0.229, 0.224, 0.225]]);
    }

    /// <summary>How a picture will lie in the input.</summary>
    public SamFrame Frame(PixelImage image) => SamFrame.Of(image.Width, image.Height, Longest);

    /// <summary>The input, <c>3 x Size x Size</c> numbers.</summary>
    public float[] Prepare(PixelImage image)
    {
        PixelImage rgb = image.ToRgb();
        SamFrame frame = Frame(rgb);
        byte[] scaled = TriangleResizer.Resize(rgb.Pixels.Span, rgb.Width, rgb.Height, frame.Width, frame.Height);
        var input = new float[3 * Size * Size];
        var levels = new float[256];
        for (int channel = 0; channel < 3; channel++)
        {
            for (int level = 0; level < levels.Length; level++)
                levels[level] = (float)((level * _factor - _mean[channel]) / _deviation[channel]);
            for (int y = 0; y < frame.Height; y++)
            {
                Span<float> row = input.AsSpan((channel * Size + y) * Size, frame.Width);
                for (int x = 0; x < row.Length; x++)
                    row[x] = levels[scaled[(y * frame.Width + x) * 3 + channel]];
            }
        }

        return input;
    }
}
