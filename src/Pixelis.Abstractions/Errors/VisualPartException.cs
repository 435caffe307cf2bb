namespace Pixelis;

/// <summary>A picture or video of a conversation that the model cannot be shown, or whose placeholder tokens do not match it.</summary>
/// <param name="visual">Its number among the pictures and videos of the conversation, from 1.</param>
/// <param name="message">Which one it is, what is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class VisualPartException(int visual, string message, Exception? innerException = null) : PixelisException(message, innerException)
{
    /// <summary>Its number among the pictures and videos of the conversation, from 1.</summary>
    public int Visual { get; } = visual;
}
