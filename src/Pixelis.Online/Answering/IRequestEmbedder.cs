namespace Pixelis.Online;

/// <summary>Says where a request is among others. Thread-safe.</summary>
internal interface IRequestEmbedder
{
    /// <summary>Length of the vectors.</summary>
    int Dimension { get; }

    /// <summary>The unit vector of a question and what it is about; the same for the same request, whenever it is asked.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="media">Pictures and clips.</param>
    /// <param name="cancellationToken">Stops before the model is run, not in the middle of a pass.</param>
    /// <exception cref="PixelisException">The model cannot take it.</exception>
    Task<ReadOnlyMemory<float>> EmbedAsync(string question, IReadOnlyList<ContentPart> media, CancellationToken cancellationToken = default);
}
