namespace Pixelis.TestKit;

/// <summary>The root of the repository the tests were built from.</summary>
public static class RepositoryFolder
{
    private static readonly Lazy<string> Root = new(Find);

    /// <summary>Full path of the folder that holds <c>Pixelis.sln</c>.</summary>
    public static string Path => Root.Value;

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Pixelis.sln")))
                return folder.FullName;
        }
        throw new DirectoryNotFoundException($"No Pixelis.sln above {AppContext.BaseDirectory}.");
    }
}
