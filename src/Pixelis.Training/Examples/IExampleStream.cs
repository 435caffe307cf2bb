namespace Pixelis.Training;

/// <summary>
/// An endless stream of examples with random access: the same cursor always gives the same example, whichever thread asks and in whatever
/// order. That is what makes a resumed run continue exactly. Thread-safe.
/// </summary>
public interface IExampleStream
{
    /// <summary>What the stream consists of (files, seeds, versions), for the check that a run is resumed with the data it began with.</summary>
    string Fingerprint { get; }

    /// <summary>The example at a place.</summary>
    /// <exception cref="PixelisException">It cannot be made, for example because its image is missing; the message names it.</exception>
    SftExample Get(DataCursor cursor);
}
