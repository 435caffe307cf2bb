using System.Text.Json;
using Pixelis.Imaging;
using Pixelis.Tools.Visual;

namespace Pixelis.Evaluation;

/// <summary>A picture with one object's true mask and one point of it.</summary>
/// <param name="Id">Name.</param>
/// <param name="ImagePath">The picture.</param>
/// <param name="MaskPath">An 8-bit picture of its size: 255 object, 0 background, 128 undecided.</param>
/// <param name="Point">A pixel of the object.</param>
public sealed record SegmentationItem(string Id, string ImagePath, string MaskPath, PixelPosition Point)
{
    /// <summary>Reads <c>segmentation.json</c> of a folder.</summary>
    /// <exception cref="PixelisException">The file lacks a field.</exception>
    public static IReadOnlyList<SegmentationItem> LoadFolder(string folder) => ToolDataFile.Read(Path.Combine(folder, "segmentation.json"), entry =>
    {
        JsonElement point = entry.GetProperty("point");
        return new SegmentationItem(entry.GetProperty("id").GetString()!, Path.Combine(folder, entry.GetProperty("image").GetString()!),
            Path.Combine(folder, entry.GetProperty("mask").GetString()!), new PixelPosition(point[0].GetInt32(), point[1].GetInt32()));
    });

    /// <summary>The true mask, and the pixels that it leaves undecided.</summary>
    public (ObjectMask Truth, ObjectMask Undecided) LoadMasks()
    {
        PixelImage mask = ImageFile.Load(MaskPath);
        var truth = new byte[mask.Width * mask.Height];
        var undecided = new byte[truth.Length];
        ReadOnlySpan<byte> pixels = mask.Pixels.Span;
        for (int i = 0; i < truth.Length; i++)
        {
            byte value = pixels[i * mask.Channels];
            truth[i] = value == 255 ? (byte)1 : (byte)0;
            undecided[i] = value == 128 ? (byte)1 : (byte)0;
        }
        return (ObjectMask.Create(mask.Width, mask.Height, truth), ObjectMask.Create(mask.Width, mask.Height, undecided));
    }
}
