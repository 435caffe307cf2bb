namespace Pixelis;

/// <summary>Bytes that are not an image, or a damaged one.</summary>
public class ImageFormatException(string message, Exception? innerException = null) : PixelisException(message, innerException);
