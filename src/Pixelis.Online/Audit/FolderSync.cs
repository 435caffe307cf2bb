using System.Runtime.InteropServices;

namespace Pixelis.Online.Audit;

/// <summary>
/// Makes the names in a folder survive a power cut: a file that was flushed is lost all the same while its name is not on disk. .NET has no call
/// for it. Windows' file systems keep names in their own journal, so nothing is done there.
/// </summary>
internal static partial class FolderSync
{
    /// <exception cref="IOException">The folder could not be flushed.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        int handle = Open(folder, 0);
        if (handle < 0)
            throw new IOException($"{folder} cannot be opened to flush it: {Marshal.GetLastPInvokeErrorMessage()}.");
        try
        {
            if (FSync(handle) != 0)
                throw new IOException($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
        finally
        {
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
