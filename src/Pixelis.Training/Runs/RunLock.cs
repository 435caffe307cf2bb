namespace Pixelis.Training;

/// <summary>
/// Keeps a second run out of a folder while one is at work in it; two would mix their logs and remove each other's checkpoints. The system
/// lets go of it when the process ends, however it ends; the empty file stays and means nothing.
/// </summary>
internal sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="CheckpointException">Another run holds it.</exception>
    public static RunLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, ".run.lock");
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new CheckpointException($"{Path.GetFullPath(folder)}: another run is at work in this folder. Wait for it, stop it, or choose another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();
}
