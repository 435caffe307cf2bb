using System.Diagnostics;
using System.Globalization;

namespace Pixelis.Online.Tests;

/// <summary>A file system of a few megabytes, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly Lazy<string?> Problem = new(Try);

    public SmallDisk(int megabytes)
    {
        Path = Directory.CreateTempSubdirectory("pixelis-disk-").FullName;
        if (Mount($"size={megabytes.ToString(CultureInfo.InvariantCulture)}m") is { } problem)
            throw new InvalidOperationException(problem);
    }

    public string Path { get; }

    /// <summary>Why none can be made here; null where one can.</summary>
    public static string? ReasonToSkip => Problem.Value;

    public void Resize(int megabytes)
    {
        if (Mount($"remount,size={megabytes.ToString(CultureInfo.InvariantCulture)}m") is { } problem)
            throw new InvalidOperationException(problem);
    }

    public void Dispose()
    {
        Run("umount", Path);
        Directory.Delete(Path);
    }

    private static string? Try()
    {
        try
        {
            new SmallDisk(1).Dispose();
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or IOException)
        {
            return $"a small disk cannot be mounted here: {e.Message}";
        }
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : $"{program}: {error.Trim()}";
    }

    private string? Mount(string options) => Run("mount", "-t", "tmpfs", "-o", options, "tmpfs", Path);
}

/// <summary>A fact that needs a disk that can be filled.</summary>
internal sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute() => Skip = SmallDisk.ReasonToSkip!;
}
