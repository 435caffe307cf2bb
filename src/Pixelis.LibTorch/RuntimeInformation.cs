using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Pixelis.LibTorch.Native;
using TorchSharp;

namespace Pixelis.LibTorch;

/// <summary>What the tensor runtime runs on: libtorch, BLAS, threads, instruction sets, GPUs. Reading it loads libtorch.</summary>
public static unsafe partial class RuntimeInformation
{
    /// <summary>The native shim that was loaded.</summary>
    public static string ShimPath
    {
        get
        {
            _ = LibTorchVersion;
            return LibTorchLoader.LoadedPath ?? "";
        }
    }

    /// <summary>Version of the libtorch that the shim was built against.</summary>
    public static string LibTorchVersion => torch.Text(NativeMethods.px_describe(0));

    /// <summary>The file that libtorch's CPU part was loaded from.</summary>
    public static string LibTorchPath => torch.Text(NativeMethods.px_describe(3));

    /// <summary>libtorch's own description of its build.</summary>
    public static string BuildConfiguration => torch.Text(NativeMethods.px_describe(1));

    /// <summary>libtorch's own description of its threads.</summary>
    public static string ParallelInformation => torch.Text(NativeMethods.px_describe(2));

    /// <summary>Kernels that ATen chose, for example <c>AVX512</c>.</summary>
    public static string CpuCapability => Find(CapabilityPattern(), BuildConfiguration) ?? "unknown";

    /// <summary>Version of oneDNN, null where libtorch was built without it.</summary>
    public static string? OneDnnVersion => Find(OneDnnPattern(), BuildConfiguration);

    /// <summary>The BLAS in the process: <c>OpenBLAS</c>, <c>MKL</c>, <c>reference</c>, or <c>built in</c> where no library of its own is loaded.</summary>
    public static string Blas
    {
        get
        {
            string[] libraries = LoadedLibraries();
            if (OpenBlasCore.Length > 0 || libraries.Any(path => path.Contains("openblas")))
                return "OpenBLAS";
            if (libraries.Any(path => path.Contains("mkl_core")) || BuildConfiguration.Contains("BLAS_INFO=mkl"))
                return "MKL";
            return libraries.Any(path => Path.GetFileName(path).StartsWith("libblas", StringComparison.Ordinal)) ? "reference" : "built in";
        }
    }

    /// <summary>Whether matrix products run on the reference BLAS: tens of times slower than they could be.</summary>
    public static bool HasReferenceBlas => Blas == "reference";

    /// <summary>The kernels OpenBLAS runs with, empty with another BLAS. <c>Prescott</c> on a new CPU means that it was not recognised.</summary>
    public static string OpenBlasCore => torch.Text(NativeMethods.px_openblas_core());

    /// <summary>Threads of OpenBLAS's own pool, 0 with another BLAS.</summary>
    public static int OpenBlasThreads => NativeMethods.px_openblas_get_num_threads();

    /// <summary>Threads that one operation of ATen may use.</summary>
    public static int Threads => NativeMethods.px_get_num_threads();

    /// <summary>Cores this process may use, counted without their second threads.</summary>
    public static int PhysicalCoreCount => PhysicalCores.Count();

    /// <summary>Whether the CPU has AVX-512.</summary>
    public static bool HasAvx512 => Avx512F.IsSupported;

    /// <summary>Whether the CPU has AVX-512 BF16.</summary>
    public static bool HasAvx512Bf16 => Native.OpenBlasCore.HasAvx512Bf16();

    /// <summary>Whether the CPU has AMX with bf16 products.</summary>
    public static bool HasAmxBf16 => Native.OpenBlasCore.HasAmxBf16();

    /// <summary>What this runtime set OPENBLAS_CORETYPE to, null where OpenBLAS's detection or the user's choice stands.</summary>
    public static string? ChosenOpenBlasCore => CpuSetup.ChosenCoreType;

    /// <summary>Number of CUDA devices.</summary>
    public static int CudaDeviceCount => NativeMethods.px_cuda_device_count();

    /// <summary>libtorch's own description of CUDA, empty without it.</summary>
    public static string CudaInformation => CudaDeviceCount == 0 ? "" : torch.Text(NativeMethods.px_cuda_describe());

    /// <summary>The instruction set that the fused operators run with, for example <c>avx512_bf16</c>; empty where the shim has none.</summary>
    public static string FusedKernels =>
        HasOperator("pixelis::cpu_kernels") ? Dispatcher.CallText(new Operator("pixelis::cpu_kernels")) : "";

    /// <summary>Bytes of large CPU blocks that no tensor holds and that are kept for the next one.</summary>
    public static long KeptMemory => NativeMethods.px_kept_memory(0);

    /// <summary>Gives the kept blocks back to the system, for example before a long pause.</summary>
    public static void ReleaseKeptMemory() => _ = NativeMethods.px_kept_memory(1);

    /// <summary>Whether an operator of that schema name exists, for example <c>pixelis::rms_norm</c>.</summary>
    public static bool HasOperator(string name) => new Operator(name).Exists;

    private static string[] LoadedLibraries() =>
        torch.Text(NativeMethods.px_blas_libraries()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Find(Regex pattern, string text) => pattern.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"CPU capability usage: (\S+)")]
    private static partial Regex CapabilityPattern();

    [GeneratedRegex(@"(?:oneAPI Deep Neural Network Library \(oneDNN\)|MKL-DNN|OneDNN|oneDNN) v?([0-9][\w.]*)")]
    private static partial Regex OneDnnPattern();
}
