using System.Runtime.InteropServices;

namespace Pixelis.Cli.Doctor;

/// <summary>The native libraries of this process and of the machine.</summary>
internal static class NativeLibraries
{
    /// <summary>Full paths of the shared libraries this process has mapped, links resolved; empty where the system does not tell.</summary>
    public static IReadOnlyList<string> Loaded()
    {
        if (!File.Exists("/proc/self/maps"))
            return [];
        return
        [
            .. File.ReadLines("/proc/self/maps")
                .Select(line => line.IndexOf('/') is >= 0 and var start ? line[start..] : "")
                .Where(path => path.Contains(".so", StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The loaded library whose file name starts with <paramref name="prefix"/>, or null.</summary>
    public static string? Find(string prefix) =>
        Loaded().FirstOrDefault(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Calls a function without arguments that returns a C string; null when the library or function is absent.</summary>
    public static string? CallText(string library, string function)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle) || !NativeLibrary.TryGetExport(handle, function, out nint address))
            return null;
        return Marshal.PtrToStringUTF8(Marshal.GetDelegateForFunctionPointer<TextFunction>(address)());
    }

    /// <summary>Calls a function without arguments that returns an int; null when the library or function is absent.</summary>
    public static int? CallNumber(string library, string function)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle) || !NativeLibrary.TryGetExport(handle, function, out nint address))
            return null;
        return Marshal.GetDelegateForFunctionPointer<NumberFunction>(address)();
    }

    /// <summary>The version in a file name such as <c>libopencv_core.so.4.6.0</c>, or null.</summary>
    public static string? VersionOf(string? path)
    {
        if (path is null || path.IndexOf(".so.", StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        return path[(at + 4)..];
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint TextFunction();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int NumberFunction();
}
