namespace Pixelis.Online.Privacy;

/// <summary>
/// Takes personal data out of text before it is stored. Implementations are thread-safe and deterministic, and redacting twice changes nothing:
/// placeholders stay as they are.
/// </summary>
public interface IRedactor
{
    /// <summary>Redacts a text.</summary>
    /// <exception cref="PixelisException">The text cannot be examined, because it is too long for example; it must not be stored.</exception>
    RedactedText Redact(string text);
}
