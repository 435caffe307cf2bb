namespace Pixelis.Cli.CommandLine;

/// <summary>Files that a verb will write.</summary>
internal static class OutputPath
{
    /// <summary>Refuses a file that could not be written, before the work that fills it.</summary>
    /// <exception cref="PixelisException">Its folder is missing, or it is a folder itself.</exception>
    public static void Check(string path)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw new PixelisException($"{path}: is a folder; name a file to write.");
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new PixelisException($"{path}: its folder does not exist.");
    }
}
