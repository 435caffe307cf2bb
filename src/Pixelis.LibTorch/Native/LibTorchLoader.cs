using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// Finds and loads libpixelis_torch.so, once. The environment that OpenBLAS and malloc read is prepared before, because both
/// read it while they load.
/// </summary>
internal static unsafe class LibTorchLoader
{
    private const string FileName = "libpixelis_torch.so";
    private static readonly Lock Gate = new();
    private static nint _library;
    private static string? _failure;

    /// <summary>The path the shim was loaded from, null before.</summary>
    internal static string? LoadedPath { get; private set; }

#pragma warning disable CA2255 // a resolver has to be there before the first P/Invoke, whichever type makes it
    [ModuleInitializer]
    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(LibTorchLoader).Assembly, Resolve);
#pragma warning restore CA2255

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != NativeMethods.Library)
            return 0;
        lock (Gate)
        {
            if (_library != 0)
                return _library;
            // A failed load is not tried again: the process's libraries are half loaded by then.
            if (_failure is not null)
                throw new LibTorchNotFoundException(_failure);
            try
            {
                nint library = Load(assembly, searchPath);
                CheckAbi(library);
                CpuSetup.ApplyThreads(library);
                CpuSetup.InstallAllocator(library);
                CpuSetup.WarnOfReferenceBlas(library);
                return _library = library;
            }
            catch (LibTorchNotFoundException exception)
            {
                _failure = exception.Message;
                throw;
            }
        }
    }

    private static nint Load(Assembly assembly, DllImportSearchPath? searchPath)
    {
        CpuSetup.PrepareEnvironment();
        PreloadChosenLibTorch();
        string? chosen = Environment.GetEnvironmentVariable("PIXELIS_NATIVE");
        if (!string.IsNullOrEmpty(chosen))
            return LoadFile(Path.Combine(chosen, FileName))
                ?? throw new LibTorchNotFoundException($"{FileName} is not in {chosen}, which PIXELIS_NATIVE names; run ./setup.sh to build it, or unset the variable.");
        foreach (string path in Candidates(assembly))
        {
            if (LoadFile(path) is nint library)
                return library;
        }
        if (NativeLibrary.TryLoad(NativeMethods.Library, assembly, searchPath, out nint probed))
        {
            LoadedPath = FileName;
            return probed;
        }
        throw new LibTorchNotFoundException($"{FileName} was not found beside the program; run ./setup.sh to build it.");
    }

    // Null where there is no such file.
    private static nint? LoadFile(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            nint library = NativeLibrary.Load(path);
            LoadedPath = path;
            return library;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new LibTorchNotFoundException(
                $"{path} does not load with the libtorch on this machine ({Reason(exception.Message)}); "
                + "run ./setup.sh to install libtorch and to build the shim for it.");
        }
    }

    // A shim from a package carries no path to a libtorch; the folder the user names is loaded first, and then found by name.
    private static void PreloadChosenLibTorch()
    {
        string? folder = Environment.GetEnvironmentVariable("PIXELIS_LIBTORCH");
        if (string.IsNullOrEmpty(folder))
            return;
        foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so"])
        {
            string path = Path.Combine(folder, "lib", name);
            if (File.Exists(path) && !NativeLibrary.TryLoad(path, out _) && name is "libc10.so" or "libtorch_cpu.so")
                throw new LibTorchNotFoundException(
                    $"{path}, named by PIXELIS_LIBTORCH, does not load; unset the variable or name a PyTorch folder for this machine, then run ./setup.sh.");
        }
    }

    private static IEnumerable<string> Candidates(Assembly assembly)
    {
        foreach (string folder in (string[])[AppContext.BaseDirectory, Path.GetDirectoryName(assembly.Location) ?? ""])
        {
            if (folder.Length == 0)
                continue;
            yield return Path.Combine(folder, "runtimes", "linux-x64", "native", FileName);
            yield return Path.Combine(folder, FileName);
        }
        // A build made before the shim was: the repository's artifacts/native, above artifacts/bin/<project>/<configuration>.
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "artifacts", "native", FileName);
    }

    private static void CheckAbi(nint library)
    {
        var version = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, nameof(NativeMethods.px_abi_version));
        if (version() != NativeMethods.AbiVersion)
            throw new LibTorchNotFoundException(
                $"{LoadedPath} is of another version of Pixelis ({version()} instead of {NativeMethods.AbiVersion}); run ./setup.sh to build it again.");
    }

    // The runtime's message is general; the dynamic loader's own line names the missing library or symbol.
    private static string Reason(string text)
    {
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.LastOrDefault(line => line.Contains(FileName) || line.Contains("libtorch")) ?? lines[0]).TrimEnd('.');
    }
}
