namespace Pixelis;

/// <summary>A picture or video whose shape a model cannot take: too narrow, or too large as a whole.</summary>
public sealed class ImageShapeException(string message) : PixelisException(message);
