using System.Reflection;
using System.Runtime.InteropServices;
using Pixelis.Imaging.Native;

namespace Pixelis.Imaging;

/// <summary>
/// Finds the native shim <c>libpixelis_vision.so</c>. Other assemblies that call into the shim register themselves here.
/// </summary>
public static class VisionLibrary
{
    /// <summary>The name to use in <c>LibraryImport</c>.</summary>
    public const string Name = "pixelis_vision";

    private const int ExpectedAbi = 1;
    private static readonly Lazy<nint> Handle = new(Load, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>
    /// Resolves the shim's name for an assembly: the folder named by <c>PIXELIS_NATIVE</c>, then
    /// <c>runtimes/linux-x64/native</c> beside the program, then the program's folder, then the system's search path.
    /// </summary>
    public static void Register(Assembly assembly) =>
        NativeLibrary.SetDllImportResolver(assembly, (name, _, _) => name == Name ? Handle.Value : 0);

    /// <summary>The version of OpenCV behind the shim.</summary>
    /// <exception cref="PixelisException">The shim is missing or cannot be loaded; the message says what to do.</exception>
    public static unsafe string OpenCvVersion
    {
        get
        {
            _ = Handle.Value;
            return Marshal.PtrToStringUTF8((nint)VisionMethods.pv_opencv_version())!;
        }
    }

    private static nint Load()
    {
        string? lastProblem = null;
        foreach (string candidate in Candidates())
        {
            if (!File.Exists(candidate))
                continue;
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
            : $"The native library lib{Name}.so cannot be loaded, most likely because OpenCV's libraries are missing (run ./setup.sh): {lastProblem}");
    }

    private static unsafe void CheckAbi(nint library, string path)
    {
        var version = (delegate* unmanaged<int>)NativeLibrary.GetExport(library, "pv_abi_version");
        if (version() != ExpectedAbi)
            throw new PixelisException($"{path} is of another version of Pixelis (interface {version()}, expected {ExpectedAbi}): build it anew with ./setup.sh.");
    }

    private static IEnumerable<string> Candidates()
    {
        string file = $"lib{Name}.so";
        if (Environment.GetEnvironmentVariable("PIXELIS_NATIVE") is { Length: > 0 } folder)
            yield return Path.Combine(folder, file);
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        foreach (string root in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(VisionLibrary).Assembly.Location) ?? "" })
        {
            yield return Path.Combine(root, "runtimes", $"linux-{architecture}", "native", file);
            yield return Path.Combine(root, file);
        }
    }
}
