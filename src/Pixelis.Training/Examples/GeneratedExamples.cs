namespace Pixelis.Training;

/// <summary>Examples that a pure function of the cursor makes.</summary>
/// <param name="fingerprint">See <see cref="IExampleStream.Fingerprint"/>.</param>
/// <param name="generate">Pure and thread-safe.</param>
public sealed class GeneratedExamples(string fingerprint, Func<DataCursor, SftExample> generate) : IExampleStream
{
    /// <inheritdoc />
    public string Fingerprint => fingerprint;

    /// <inheritdoc />
    public SftExample Get(DataCursor cursor) => generate(cursor);
}
