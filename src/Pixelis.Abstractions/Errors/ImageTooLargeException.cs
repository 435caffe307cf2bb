namespace Pixelis;

/// <summary>An image whose header promises more pixels than the limit. It was not decoded.</summary>
public sealed class ImageTooLargeException(string message) : ImageFormatException(message);
