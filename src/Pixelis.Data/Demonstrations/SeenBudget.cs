using Pixelis.Generation;
using Pixelis.Models.Qwen.Processing;

namespace Pixelis.Data;

/// <summary>
/// How large a model sees pictures: its processor's pixel budget. A demonstrator writes coordinates in the pixels of that view, so a
/// trace teaches models of the same budget.
/// </summary>
public sealed record SeenBudget
{
    /// <summary>Least pixels of a picture. Default 3,136 (56 x 56).</summary>
    public long MinPixels { get; init; } = 56 * 56;

    /// <summary>Most pixels of a picture. Default 12,544 (112 x 112, 16 merged tokens).</summary>
    public long MaxPixels { get; init; } = 112 * 112;

    /// <summary>Most pixels of a clip's frame. Default 3,136 (56 x 56, 4 merged tokens for two frames).</summary>
    public long MaxFramePixels { get; init; } = 56 * 56;

    /// <summary>Sides of a view are multiples of this. Default 28.</summary>
    public int Factor { get; init; } = 28;

    /// <summary>The size at which a picture is seen.</summary>
    public SeenSize Of(PixelImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Fit(image.Width, image.Height, MaxPixels);
    }

    /// <summary>The size at which a clip's frames are seen.</summary>
    public SeenSize Of(VideoClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Fit(clip.Width, clip.Height, MaxFramePixels);
    }

    private SeenSize Fit(int width, int height, long most)
    {
        (int seenHeight, int seenWidth) = SmartResize.Fit(height, width, Factor, MinPixels, most);
        return new SeenSize(seenWidth, seenHeight);
    }
}
