using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// Settings that decide whether libtorch on a CPU is fast: the kernels OpenBLAS picks, how malloc treats large blocks, and the
/// two thread pools. What the user set in the environment stays.
/// </summary>
internal static unsafe partial class CpuSetup
{
    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD
    private const int TrimThreshold = -1; // M_TRIM_THRESHOLD

    /// <summary>What OPENBLAS_CORETYPE was set to by us, null when it was left alone.</summary>
    internal static string? ChosenCoreType { get; private set; }

    /// <summary>The thread count both pools were given, 0 when the user had set one.</summary>
    internal static int ChosenThreads { get; private set; }

    /// <summary>Runs before libtorch loads. Uses the C library's setenv: .NET's own does not reach native code on Unix.</summary>
    internal static void PrepareEnvironment()
    {
        if (!OperatingSystem.IsLinux())
            return;
        ChosenCoreType = IsSet("OPENBLAS_CORETYPE") ? null : OpenBlasCore.Choose();
        if (ChosenCoreType is not null)
            setenv("OPENBLAS_CORETYPE", ChosenCoreType, 0);

        // Debian's libtorch cannot read the CPU topology and would start with one thread; OpenBLAS would start its pool with one
        // thread for every logical CPU and be told to shrink later. Both are told the same number.
        ChosenThreads = IsSet("OMP_NUM_THREADS") ? 0 : PhysicalCores.Count();
        if (ChosenThreads > 0 && !IsSet("OPENBLAS_NUM_THREADS"))
            setenv("OPENBLAS_NUM_THREADS", ChosenThreads.ToString(), 0);

        // Threads that wait for the next operation spin: libgomp's default is milliseconds, which takes the core from whoever has work
        // when the machine is shared (training steps on 2 busy cores were 2.5 to 4 times slower). A short spin bridges the gaps.
        if (!IsSet("OMP_WAIT_POLICY") && !IsSet("GOMP_SPINCOUNT"))
            setenv("GOMP_SPINCOUNT", "5000", 0);

        // Large activations are otherwise mapped, page-faulted and unmapped on every operation (1.3 to 1.6 times slower).
        if (!IsSet("MALLOC_MMAP_THRESHOLD_"))
            mallopt(MmapThreshold, 1 << 30);
        if (!IsSet("MALLOC_TRIM_THRESHOLD_"))
            mallopt(TrimThreshold, int.MaxValue);
    }

    /// <summary>Runs after libtorch loaded.</summary>
    internal static void ApplyThreads(nint library)
    {
        if (ChosenThreads <= 0)
            return;
        var setAten = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(library, nameof(NativeMethods.px_set_num_threads));
        setAten(ChosenThreads);
    }

    /// <summary>
    /// Puts the shim's allocator behind tensors of 16 MiB and more: malloc's settings do not help blocks over 64 MiB on any thread
    /// but the first. PIXELIS_ALLOCATOR=malloc leaves libtorch's own.
    /// </summary>
    internal static void InstallAllocator(nint library)
    {
        if (Environment.GetEnvironmentVariable("PIXELIS_ALLOCATOR") == "malloc")
            return;
        if (NativeLibrary.TryGetExport(library, nameof(NativeMethods.px_install_allocator), out nint export))
            ((delegate* unmanaged<int>)export)();
    }

    /// <summary>Says once, on the error stream, that matrix products will be slow. PIXELIS_QUIET=1 keeps it silent.</summary>
    internal static void WarnOfReferenceBlas(nint library)
    {
        var list = (delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, nameof(NativeMethods.px_blas_libraries));
        string libraries = Marshal.PtrToStringUTF8((nint)list()) ?? "";
        bool reference = libraries.Contains("/libblas.so") && !libraries.Contains("openblas") && !libraries.Contains("mkl_core");
        if (reference && !IsSet("PIXELIS_QUIET"))
            Console.Error.WriteLine(
                "Pixelis: libtorch uses the reference BLAS, tens of times slower than OpenBLAS; run ./setup.sh or install libopenblas0-pthread.");
    }

    private static bool IsSet(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int parameter, int value);
}
