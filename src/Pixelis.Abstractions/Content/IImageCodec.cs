namespace Pixelis;

/// <summary>Reads and writes image files. Implementations are thread-safe and treat every input as hostile.</summary>
public interface IImageCodec
{
    /// <summary>Reads size and format from the header alone, without decoding.</summary>
    /// <exception cref="ImageFormatException">The bytes are not an image this codec knows.</exception>
    ImageInfo Identify(ReadOnlySpan<byte> encoded);

    /// <summary>Decodes the (first) picture, upright, as RGB or RGBA with 8 bits a channel.</summary>
    /// <param name="encoded">A whole image file.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="ImageFormatException">The bytes are not a readable image.</exception>
    /// <exception cref="ImageTooLargeException">The header promises more pixels than the limit; nothing was decoded.</exception>
    PixelImage Decode(ReadOnlySpan<byte> encoded, ImageDecodeOptions? options = null);

    /// <summary>Encodes an image.</summary>
    byte[] Encode(PixelImage image, ImageFileFormat format, int quality = 95);
}
