namespace Pixelis.Online.Neighbors;

/// <summary>A vector that an index found.</summary>
/// <param name="Id">The number it was added under.</param>
/// <param name="Similarity">Cosine with the query, -1 to 1 up to rounding.</param>
internal readonly record struct NeighborHit(long Id, float Similarity);
