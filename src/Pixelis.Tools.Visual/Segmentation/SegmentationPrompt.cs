namespace Pixelis.Tools.Visual;

/// <summary>What is known of an object before it is segmented.</summary>
/// <param name="Point">A pixel of the object.</param>
/// <param name="Box">A box that holds the whole object, or null. Nothing outside it becomes part of the object.</param>
public sealed record SegmentationPrompt(PixelPosition Point, PixelRect? Box = null)
{
    /// <summary>Checks that an image has the point and the box; every backend begins with it.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>The part of the box that lies in the image, or null without a box.</returns>
    /// <exception cref="VisualArgumentException">The point lies outside the image or the box, or the box holds no pixel of the image.</exception>
    public PixelRect? Check(PixelImage image)
    {
        PixelRect whole = PixelRect.Of(image);
        if (!whole.Contains(Point))
            throw new VisualArgumentException("point", $"({Point.X}, {Point.Y}) lies outside the {image.Width}x{image.Height} image; x is 0..{image.Width - 1}, y is 0..{image.Height - 1}.");
        if (Box is not { } box)
            return null;
        PixelRect part = box.Intersect(whole);
        if (part.IsEmpty)
            throw new VisualArgumentException("box", $"[{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height) holds no pixel of the {image.Width}x{image.Height} image.");
        if (!part.Contains(Point))
            throw new VisualArgumentException("point", $"({Point.X}, {Point.Y}) lies outside the box [{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height).");
        return part;
    }
}
