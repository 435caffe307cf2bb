namespace Pixelis.Online.Neighbors;

/// <summary>
/// Finds the stored unit vectors nearest to a query. Derived data: whoever owns the vectors can fill a new index at any time. Thread-safe;
/// a search waits for nothing, neither for additions nor for a rebuild.
/// </summary>
internal interface INeighborIndex : IDisposable
{
    /// <summary>Length of the vectors.</summary>
    int Dimension { get; }

    /// <summary>How many vectors can be found.</summary>
    long Count { get; }

    /// <summary>Adds a vector; a search that begins afterwards can find it. One that is there already stays as it is.</summary>
    /// <param name="id">Its number, never used for another vector.</param>
    /// <param name="tenant">Whose it is, 0 or more.</param>
    /// <param name="vector"><see cref="Dimension"/> numbers of unit length. Copied.</param>
    /// <exception cref="ArgumentException">A vector of another length, or a negative tenant.</exception>
    void Add(long id, int tenant, ReadOnlySpan<float> vector);

    /// <summary>Takes a vector out; a search that begins afterwards does not find it. False when it is not there.</summary>
    bool Remove(long id);

    /// <summary>Finds the nearest of a tenant, nearest first.</summary>
    /// <param name="query"><see cref="Dimension"/> numbers of unit length.</param>
    /// <param name="tenant">Whose vectors to look at; a negative number for all.</param>
    /// <param name="hits">Room for as many as are wanted.</param>
    /// <returns>How many were found.</returns>
    int Search(ReadOnlySpan<float> query, int tenant, Span<NeighborHit> hits);

    /// <summary>
    /// Arranges everything anew and puts it in the place of the old in one step. What was removed is in no memory of the index afterwards.
    /// </summary>
    /// <param name="thoroughly">Whether to build from the vectors alone, instead of adding to what is there: slower, and undoes the wear of many removals.</param>
    /// <param name="cancellationToken">Keeps the old.</param>
    Task RebuildAsync(bool thoroughly = false, CancellationToken cancellationToken = default);

    /// <summary>Writes what is worth not computing again, beside its place and renamed into it; takes the file away when that is nothing.</summary>
    /// <exception cref="PixelisException">The file cannot be written; the one that was there stays.</exception>
    Task SaveAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads what <see cref="SaveAsync"/> wrote, into an empty index. A vector of the file counts once <see cref="Add"/> names it with the
    /// same tenant and values: whoever owns the vectors adds them all, and those of the file cost nothing.
    /// </summary>
    /// <exception cref="PixelisException">The file is damaged or of another shape; the index is as empty as before.</exception>
    void Load(string path);
}
