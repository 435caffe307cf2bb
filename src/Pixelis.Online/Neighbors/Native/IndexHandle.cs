using Microsoft.Win32.SafeHandles;

namespace Pixelis.Online.Neighbors.Native;

/// <summary>A graph in the shim's memory. One that was never filled stands for no graph.</summary>
internal sealed class IndexHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        IndexMethods.pi_graph_free(handle);
        return true;
    }
}
