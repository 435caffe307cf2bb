using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Models.Qwen;

/// <summary>Names the patches of a picture by what they were made of.</summary>
internal static class ContentKey
{
    /// <summary>Equal keys mean equal patches: the pixels, the grid they were resized to, and how they were normalised.</summary>
    public static string Of(ContentPart part, VisionGrid grid, QwenImageProcessorOptions options)
    {
        string content = part switch
        {
            ImagePart image => "image " + image.Image.ContentHash,
            VideoPart video => "video " + HashOf(video.Clip),
            _ => throw new ArgumentException($"{part.GetType().Name} has no pixels.", nameof(part)),
        };
        string numbers = string.Join(' ', options.Mean.Concat(options.StandardDeviation).Append(options.RescaleFactor).Select(n => n.ToString("R", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{content} {grid.Temporal}x{grid.Height}x{grid.Width} {numbers}");
    }

    private static string HashOf(VideoClip clip)
    {
        string frames = string.Concat(clip.Frames.Select(f => f.Image.ContentHash));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(frames)));
    }
}
