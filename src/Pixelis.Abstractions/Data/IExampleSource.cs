namespace Pixelis.Data;

/// <summary>Examples by number. Implementations are thread-safe, and the same number always gives the same example.</summary>
public interface IExampleSource
{
    /// <summary>A name for reports.</summary>
    string Name { get; }

    /// <summary>What the examples are, so that a run is not resumed on others: a generator with its version and part, or a digest. By default the name.</summary>
    string Fingerprint => Name;

    /// <summary>How many there are; null when they are made on demand and do not end.</summary>
    long? Count { get; }

    /// <summary>One example, its media in memory.</summary>
    /// <param name="index">From 0; below <see cref="Count"/> where that is known.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PixelisException">A file of the example is missing or cannot be read.</exception>
    ValueTask<Example> GetAsync(long index, CancellationToken cancellationToken = default);
}
