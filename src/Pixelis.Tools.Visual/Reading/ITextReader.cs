namespace Pixelis.Tools.Visual;

/// <summary>Reads the text in a picture. Implementations are safe to call from several threads and do not change the image.</summary>
public interface ITextReader
{
    /// <summary>Reads text.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="options">Region and language; null for the whole picture in English.</param>
    /// <param name="cancellationToken">Stops the work; noticed at the next word.</param>
    /// <exception cref="VisualArgumentException">The region holds no pixel, or the language is not installed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    RecognizedText Read(PixelImage image, TextReadingOptions? options = null, CancellationToken cancellationToken = default);
}
