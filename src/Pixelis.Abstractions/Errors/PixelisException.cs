namespace Pixelis;

/// <summary>The base of every error that Pixelis raises about its inputs: files, images, requests. The message says what was expected.</summary>
public class PixelisException : Exception
{
    /// <summary>Makes an error with a message.</summary>
    public PixelisException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an error with a message and its cause.</summary>
    public PixelisException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
