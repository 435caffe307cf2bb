namespace Pixelis.TestKit;

/// <summary>
/// Finds the data that several projects share: a folder named <c>shared</c> beside the repository (or above it),
/// or the one that <c>PIXELIS_SHARED</c> names. It is not part of the repository, so tests that use it skip where it is absent.
/// </summary>
public static class SharedData
{
    private static readonly Lazy<string?> Root = new(Find);

    /// <summary>The folder, or null where it is absent.</summary>
    public static string? Folder => Root.Value;

    /// <summary>The full path of an entry, or null where it is absent.</summary>
    public static string? TryPath(string relative)
    {
        if (Folder is not { } root)
            return null;
        string path = Path.Combine(root, relative);
        return File.Exists(path) || Directory.Exists(path) ? path : null;
    }

    /// <summary>The full path of an entry that a <see cref="SharedFactAttribute"/> has already found.</summary>
    public static string RequirePath(string relative) =>
        TryPath(relative) ?? throw new FileNotFoundException($"shared/{relative} is absent; guard the test with [SharedFact(\"{relative}\")].");

    /// <summary>Why a test that needs <paramref name="relative"/> cannot run here, or null when it can.</summary>
    internal static string? ReasonToSkip(string relative) =>
        TryPath(relative) is null ? $"needs shared/{relative}, which is not beside this checkout (set PIXELIS_SHARED to its folder)" : null;

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("PIXELIS_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        for (DirectoryInfo? folder = new(RepositoryFolder.Path); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared");
            if (Directory.Exists(Path.Combine(candidate, "golden")) || Directory.Exists(Path.Combine(candidate, "real")))
                return candidate;
        }
        return null;
    }
}
