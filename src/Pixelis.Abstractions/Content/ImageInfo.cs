namespace Pixelis;

/// <summary>What the header of an image file says.</summary>
/// <param name="Format">The file format.</param>
/// <param name="Width">Stored width in pixels, before orientation.</param>
/// <param name="Height">Stored height in pixels, before orientation.</param>
/// <param name="Orientation">EXIF orientation 1..8; 1 when absent.</param>
public sealed record ImageInfo(ImageFileFormat Format, int Width, int Height, int Orientation = 1)
{
    /// <summary>Stored pixels, as a 64-bit number.</summary>
    public long PixelCount => (long)Width * Height;

    /// <summary>Whether orientation swaps width and height.</summary>
    public bool SwapsAxes => Orientation is >= 5 and <= 8;
}
