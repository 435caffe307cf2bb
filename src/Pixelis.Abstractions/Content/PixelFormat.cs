namespace Pixelis;

/// <summary>How the bytes of a <see cref="PixelImage"/> are laid out.</summary>
public enum PixelFormat
{
    /// <summary>Three bytes a pixel: red, green, blue.</summary>
    Rgb24 = 3,

    /// <summary>Four bytes a pixel: red, green, blue, straight (not premultiplied) alpha.</summary>
    Rgba32 = 4,
}
