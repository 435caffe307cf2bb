namespace Pixelis.Models.Qwen;

/// <summary>Model folders as a whole: the weights, and the files beside them.</summary>
public static class QwenModelFolder
{
    /// <summary>Copies what stands beside the weights: configuration, tokenizer, processors, the agent's profile. Folders in it are left out.</summary>
    /// <param name="from">A model folder.</param>
    /// <param name="to">An existing folder, in which none of these files is.</param>
    /// <exception cref="IOException">A file could not be read or written, or is there already.</exception>
    public static void CopySettings(string from, string to)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        foreach (string name in Directory.EnumerateFiles(from).Select(file => Path.GetFileName(file)))
        {
            if (!name.EndsWith(".safetensors", StringComparison.Ordinal) && !name.EndsWith(".safetensors.index.json", StringComparison.Ordinal))
                File.Copy(Path.Combine(from, name), Path.Combine(to, name));
        }
    }

    /// <summary>Makes a folder that did not exist, or was empty: written beside its place and renamed, so that a failed or cancelled run leaves nothing.</summary>
    /// <param name="folder">Where it shall appear.</param>
    /// <param name="write">Writes into the folder it is given.</param>
    /// <exception cref="PixelisException">The folder exists and is not empty.</exception>
    internal static void Create(string folder, Action<string> write)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new PixelisException($"{folder}: exists and is not empty; a new model needs a new folder.");
        string draft = $"{target}.{Guid.NewGuid():N}.tmp";
        Directory.CreateDirectory(draft);
        try
        {
            write(draft);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(draft, target);
        }
        catch
        {
            Directory.Delete(draft, recursive: true);
            throw;
        }
    }
}
