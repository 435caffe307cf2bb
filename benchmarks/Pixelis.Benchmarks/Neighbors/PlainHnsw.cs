using System.Runtime.InteropServices;
using System.Text;

namespace Pixelis.Benchmarks.Neighbors;

/// <summary>hnswlib as it comes (<c>native/index/plain</c>), compiled for this machine, over the file of a graph.</summary>
internal sealed unsafe class PlainHnsw : IDisposable
{
    private readonly delegate* unmanaged<nint, float*, long, int, int, long*, int> _search;
    private readonly delegate* unmanaged<nint, void> _free;
    private readonly nint _plain;

    public PlainHnsw(string library, string path, int dimension)
    {
        nint handle = NativeLibrary.Load(library);
        _search = (delegate* unmanaged<nint, float*, long, int, int, long*, int>)NativeLibrary.GetExport(handle, "plain_search");
        _free = (delegate* unmanaged<nint, void>)NativeLibrary.GetExport(handle, "plain_free");
        var load = (delegate* unmanaged<byte*, int, nint>)NativeLibrary.GetExport(handle, "plain_load");
        fixed (byte* name = Encoding.UTF8.GetBytes(path + '\0'))
            _plain = load(name, dimension);
        if (_plain == 0)
            throw new InvalidOperationException($"hnswlib does not read {path}.");
    }

    /// <summary>All queries in one call: <c>[count, k]</c> labels, nearest first.</summary>
    public long[] Search(float[] queries, int count, int k, int ef)
    {
        var labels = new long[count * k];
        fixed (float* query = queries)
        fixed (long* label = labels)
        {
            if (_search(_plain, query, count, k, ef, label) != 0)
                throw new InvalidOperationException("hnswlib failed.");
        }
        return labels;
    }

    public void Dispose() => _free(_plain);
}
