namespace Pixelis.Tools.Visual;

/// <summary>Between places as numbers and whole pixels.</summary>
internal static class PixelRectConversions
{
    /// <summary>The whole pixels a box covers.</summary>
    public static PixelRect ToRect(this PixelBox box)
    {
        PixelBox whole = box.RoundOut();
        return new PixelRect((int)whole.Left, (int)whole.Top, (int)whole.Width, (int)whole.Height);
    }

    /// <summary>The same place as a box.</summary>
    public static PixelBox ToBox(this PixelRect rect) => PixelBox.FromSize(rect.X, rect.Y, rect.Width, rect.Height);

    /// <summary>The pixel a point lies on; a point on the far edge counts to the last pixel.</summary>
    public static PixelPosition ToPosition(this PixelPoint point, PixelImage image) =>
        new(Math.Clamp((int)point.X, 0, image.Width - 1), Math.Clamp((int)point.Y, 0, image.Height - 1));
}
