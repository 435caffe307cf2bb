namespace Pixelis.Online.Keys;

/// <summary>A key that cannot be used: not there, readable by others, or not what a key looks like. The message never holds the key.</summary>
/// <param name="message">What is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class KeyException(string message, Exception? innerException = null) : PixelisException(message, innerException);
