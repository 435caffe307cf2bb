using System.Reflection;
using System.Runtime.InteropServices;

namespace Pixelis.Online.Neighbors.Native;

/// <summary>Finds the native shim <c>libpixelis_index.so</c>.</summary>
internal static class IndexLibrary
{
    /// <summary>The name to use in <c>LibraryImport</c>.</summary>
    internal const string Name = "pixelis_index";

    private const int ExpectedAbi = 1;
    private static readonly Lazy<nint> Handle = new(Load, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>
    /// Resolves the shim's name for this assembly: the folder named by <c>PIXELIS_NATIVE</c>, then
    /// <c>runtimes/linux-x64/native</c> beside the program, then the program's folder, then the system's search path.
    /// </summary>
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(IndexLibrary).Assembly, (name, _, _) => name == Name ? Handle.Value : 0);

    private static nint Load()
    {
        string? lastProblem = null;
        foreach (string candidate in Candidates().Where(File.Exists))
        {
            try
            {
                nint library = NativeLibrary.Load(candidate);
                CheckAbi(library, candidate);
                return library;
            }
            catch (DllNotFoundException e)
            {
                lastProblem = e.Message;
            }
        }
        if (NativeLibrary.TryLoad(Name, out nint found))
            return found;
        throw new PixelisException(lastProblem is null
            ? $"The native library lib{Name}.so is missing: run ./setup.sh in the repository, or set PIXELIS_NATIVE to the folder that holds it."
            : $"The native library lib{Name}.so cannot be loaded: {lastProblem}");
    }

    private static unsafe void CheckAbi(nint library, string path)
    {
        var version = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "pi_abi_version");
        if (version() != ExpectedAbi)
            throw new PixelisException($"{path} is of another version of Pixelis (interface {version()}, expected {ExpectedAbi}): build it anew with ./setup.sh.");
    }

    private static IEnumerable<string> Candidates()
    {
        string file = $"lib{Name}.so";
        if (Environment.GetEnvironmentVariable("PIXELIS_NATIVE") is { Length: > 0 } folder)
            yield return Path.Combine(folder, file);
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        foreach (string root in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(IndexLibrary).Assembly.Location) ?? "" })
        {
            yield return Path.Combine(root, "runtimes", $"linux-{architecture}", "native", file);
            yield return Path.Combine(root, file);
        }
    }
}
