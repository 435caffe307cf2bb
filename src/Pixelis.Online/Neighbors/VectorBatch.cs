namespace Pixelis.Online.Neighbors;

/// <summary>Vectors on their way into a graph.</summary>
/// <param name="Values"><c>[Count, dimension]</c>.</param>
/// <param name="Ids"><c>[Count]</c>.</param>
/// <param name="Tenants"><c>[Count]</c>.</param>
internal sealed record VectorBatch(float[] Values, long[] Ids, int[] Tenants)
{
    public int Count => Ids.Length;
}
