using Pixelis.Online.Neighbors.Native;

namespace Pixelis.Online.Neighbors;

/// <summary>A sealed graph of the native shim. Only removals change it; searches and removals may run side by side.</summary>
internal sealed unsafe class HnswGraph : IDisposable
{
    private readonly IndexHandle _handle;

    private HnswGraph(IndexHandle handle) => _handle = handle;

    /// <summary>Candidates a search keeps.</summary>
    public int Ef => IndexMethods.pi_graph_ef(_handle);

    /// <summary>Nodes, members ever linked, and those that can be found.</summary>
    public (long Nodes, long Members, long Live) Counts
    {
        get
        {
            IndexMethods.pi_graph_counts(_handle, out long nodes, out long members, out long live);
            return (nodes, members, live);
        }
    }

    /// <summary>Nodes that still hold the vector of a removed one; looks at all of them.</summary>
    public long Unscrubbed => IndexMethods.pi_graph_unscrubbed(_handle);

    /// <summary>A new graph of what another one (or none) still holds, and more.</summary>
    public static HnswGraph Make(HnswGraph? from, bool thoroughly, int dimension, HnswOptions options, VectorBatch more, CancellationToken cancellationToken)
    {
        using var none = new IndexHandle();
        int[] cancel = GC.AllocateArray<int>(1, pinned: true);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Volatile.Write(ref cancel[0], 1), null);
        fixed (float* values = more.Values)
        fixed (long* ids = more.Ids)
        fixed (int* tenants = more.Tenants, flag = cancel)
        {
            IndexMethods.Check(
                IndexMethods.pi_graph_make(
                    from?._handle ?? none, thoroughly ? 1 : 0, dimension, options.Links, options.Construction,
                    values, ids, tenants, more.Count, options.BuildThreads, flag, out IndexHandle made),
                cancellationToken);
            return new HnswGraph(made);
        }
    }

    /// <summary>What <see cref="Save"/> wrote; everything in it is hidden until <see cref="Revive"/> names it.</summary>
    public static HnswGraph Load(string path, int dimension)
    {
        IndexMethods.Check(IndexMethods.pi_graph_load(path, dimension, out IndexHandle loaded));
        return new HnswGraph(loaded);
    }

    /// <summary>Offers the nearest of a tenant (of all for a negative number).</summary>
    /// <param name="query">Of the graph's length.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="count">How many to offer.</param>
    /// <param name="ef">Candidates to keep; 0 for the measured number.</param>
    /// <param name="isExact">Whether to look at every vector.</param>
    /// <param name="hits">Takes them.</param>
    public void Search(ReadOnlySpan<float> query, int tenant, int count, int ef, bool isExact, ref TopHits hits)
    {
        Span<long> ids = count <= 128 ? stackalloc long[count] : new long[count];
        Span<float> similarities = count <= 128 ? stackalloc float[count] : new float[count];
        int found;
        fixed (float* at = query, similarity = similarities)
        fixed (long* id = ids)
            IndexMethods.Check(IndexMethods.pi_graph_search(_handle, at, count, ef, tenant, isExact ? 1 : 0, id, similarity, out found));
        for (int i = 0; i < found; i++)
            hits.Offer(ids[i], similarities[i]);
    }

    public bool Remove(long id) => IndexMethods.pi_graph_remove(_handle, id) != 0;

    public bool Revive(long id, int tenant, ReadOnlySpan<float> vector)
    {
        fixed (float* values = vector)
            return IndexMethods.pi_graph_revive(_handle, id, tenant, values) != 0;
    }

    /// <summary>Measures the candidates that a search must keep, and returns the recall it then has.</summary>
    public double Calibrate(double targetRecall, int samples, CancellationToken cancellationToken)
    {
        int[] cancel = GC.AllocateArray<int>(1, pinned: true);
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(_ => Volatile.Write(ref cancel[0], 1), null);
        fixed (int* flag = cancel)
        {
            IndexMethods.Check(IndexMethods.pi_graph_calibrate(_handle, 10, targetRecall, samples, flag, out double recall), cancellationToken);
            return recall;
        }
    }

    public void Save(string path) => IndexMethods.Check(IndexMethods.pi_graph_save(_handle, path));

    /// <summary>Writes hnswlib's own file, for comparisons.</summary>
    public void ExportPlain(string path) => IndexMethods.Check(IndexMethods.pi_graph_export_plain(_handle, path));

    public void Dispose() => _handle.Dispose();
}
