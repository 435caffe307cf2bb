using System.Runtime.InteropServices;

namespace Pixelis.Online.Neighbors.Native;

/// <summary>The functions of <c>libpixelis_index</c>.</summary>
internal static unsafe partial class IndexMethods
{
    private const string Library = IndexLibrary.Name;

    static IndexMethods() => IndexLibrary.Register();

    [LibraryImport(Library)]
    internal static partial byte* pi_last_error();

    [LibraryImport(Library)]
    internal static partial IndexStatus pi_graph_make(
        IndexHandle from, int compact, int dimension, int links, int construction,
        float* values, long* labels, int* tenants, long count, int threads, int* cancel, out IndexHandle made);

    [LibraryImport(Library)]
    internal static partial IndexStatus pi_graph_search(
        IndexHandle graph, float* query, int k, int ef, int tenant, int exact, long* labels, float* similarities, out int found);

    [LibraryImport(Library)]
    internal static partial int pi_graph_remove(IndexHandle graph, long label);

    [LibraryImport(Library)]
    internal static partial int pi_graph_revive(IndexHandle graph, long label, int tenant, float* vector);

    [LibraryImport(Library)]
    internal static partial void pi_graph_counts(IndexHandle graph, out long nodes, out long members, out long live);

    [LibraryImport(Library)]
    internal static partial long pi_graph_unscrubbed(IndexHandle graph);

    [LibraryImport(Library)]
    internal static partial IndexStatus pi_graph_calibrate(IndexHandle graph, int k, double target, int samples, int* cancel, out double recall);

    [LibraryImport(Library)]
    internal static partial int pi_graph_ef(IndexHandle graph);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial IndexStatus pi_graph_save(IndexHandle graph, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial IndexStatus pi_graph_export_plain(IndexHandle graph, string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial IndexStatus pi_graph_load(string path, int dimension, out IndexHandle loaded);

    [LibraryImport(Library)]
    internal static partial void pi_graph_free(nint graph);

    /// <summary>Turns a status into an exception.</summary>
    internal static void Check(IndexStatus status, CancellationToken cancellationToken = default)
    {
        if (status == IndexStatus.Ok)
            return;
        string reason = Marshal.PtrToStringUTF8((nint)pi_last_error()) ?? "no reason given";
        throw status switch
        {
            IndexStatus.Cancelled => new OperationCanceledException(cancellationToken),
            IndexStatus.NoMemory => new PixelisException("There is not enough memory for the index of neighbours."),
            IndexStatus.BadData or IndexStatus.Io => new PixelisException(reason + "."),
            _ => new PixelisException($"The index of neighbours failed: {reason}."),
        };
    }
}
