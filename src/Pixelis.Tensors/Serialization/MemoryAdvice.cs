using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Hints to the system about mapped memory. Failure of a hint is of no consequence and is ignored.</summary>
internal static partial class MemoryAdvice
{
    private const int DontNeed = 4;

    /// <summary>Drops the whole pages inside a contiguous CPU tensor of a private, unwritten file mapping.</summary>
    public static unsafe void Release(Tensor tensor, long byteCount)
    {
        if (!OperatingSystem.IsLinux() || byteCount == 0)
            return;
        using Tensor flat = tensor.view(-1);
        using Tensor first = flat.narrow(0, 0, 1); // a span cannot cover more than 2 GiB, its first element will do
        fixed (byte* start = first.bytes)
        {
            nuint page = (nuint)Environment.SystemPageSize;
            nuint from = ((nuint)start + page - 1) & ~(page - 1);
            nuint to = ((nuint)start + (nuint)byteCount) & ~(page - 1);
            if (from < to)
                _ = Advise(from, to - from, DontNeed);
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);
}
