using Pixelis.Cli.CommandLine;
using TorchSharp;

namespace Pixelis.Cli.Doctor;

/// <summary>libtorch, its BLAS, oneDNN and threads.</summary>
internal static class TensorProbe
{
    private const string Remedy =
        "run ./setup.sh, or install libtorch-dev and libopenblas0-pthread, or set PIXELIS_LIBTORCH to the torch folder of a PyTorch installation";

    public static IEnumerable<Finding> Findings()
    {
        Finding library = Library();
        yield return library;
        if (library.State == FindingState.Missing)
            yield break;
        yield return Blas();
        yield return OneDnn();
        yield return Threads();
    }

    private static Finding Library()
    {
        try
        {
            using torch.Tensor two = torch.ones(1) + torch.ones(1);
            if (two.item<float>() != 2)
                return Finding.Missing("libtorch", "loads, but 1 + 1 is not 2", Remedy);
            string where = NativeLibraries.Find("libtorch_cpu.so") is { } path ? $" ({path})" : "";
            return Finding.Ok("libtorch", torch.__version__ + where);
        }
        catch (Exception problem)
        {
            return Finding.Missing("libtorch", ErrorText.Brief(problem), Remedy);
        }
    }

    private static Finding Blas()
    {
        if (NativeLibraries.Find("libopenblas") is { } openBlas)
            return OpenBlas(openBlas);
        if (NativeLibraries.Find("libmkl_") is { } mkl)
            return Finding.Ok("BLAS", $"Intel MKL ({mkl})");
        if (NativeLibraries.Find("libblas") is { } reference)
        {
            return Finding.Warning("BLAS", $"the reference BLAS ({reference})",
                "install libopenblas0-pthread (./setup.sh does): float32 products are tens of times faster with it");
        }
        return Finding.Ok("BLAS", "built into libtorch");
    }

    private static Finding OpenBlas(string path)
    {
        string core = NativeLibraries.CallText(path, "openblas_get_corename") ?? "unknown kernels";
        string config = NativeLibraries.CallText(path, "openblas_get_config") ?? "OpenBLAS";
        string value = $"{string.Join(' ', config.Split(' ').Take(2))}, {core} kernels, {NativeLibraries.CallNumber(path, "openblas_get_num_threads")} threads ({path})";
        if (core is "Prescott" or "Core2" or "Nehalem")
        {
            return Finding.Warning("BLAS", value,
                "OpenBLAS did not recognise this processor and uses SSE kernels; set OPENBLAS_CORETYPE=SkylakeX (AVX-512) or Haswell (AVX2) in the environment");
        }
        return Finding.Ok("BLAS", value);
    }

    private static Finding OneDnn()
    {
        if (NativeLibraries.Find("libdnnl") is { } path)
            return Finding.Ok("oneDNN", $"{NativeLibraries.VersionOf(path)} ({path})");
        return Finding.Note("oneDNN", "not a library of its own here; PyTorch's builds of libtorch contain it");
    }

    private static Finding Threads()
    {
        int threads = torch.get_num_threads();
        string value = $"{threads} of {Environment.ProcessorCount} logical processors";
        return threads > 1 || Environment.ProcessorCount == 1
            ? Finding.Ok("threads", value)
            : Finding.Note("threads", value, "unset OMP_NUM_THREADS, or use --threads, to use more");
    }
}
