namespace Pixelis;

/// <summary>A request that needs more tokens than the model's context holds. It was refused before any work was done.</summary>
public sealed class ContextLengthException(string message) : PixelisException(message);
