using System.Globalization;

namespace Pixelis.Online.Storage;

/// <summary>Held by the one process that writes to a store. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _stream;

    private StoreLock(FileStream stream) => _stream = stream;

    public static StoreLock Take(StoreFiles files)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(files.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new ExperienceStoreException(files.Folder, $"{Holder(files.Holder)} has the store open for writing; only one can. Close it there, or read it with {nameof(ExperienceReader)}.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ExperienceStoreException(files.Folder, $"the store cannot be opened for writing: {e.Message}", e);
        }
        try
        {
            File.WriteAllText(files.Holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // On a full disk the number is missing; the lock holds all the same.
        }
        return new StoreLock(stream);
    }

    public void Dispose() => _stream.Dispose();

    private static string Holder(string path)
    {
        try
        {
            return File.ReadAllText(path) is { Length: > 0 } id ? $"process {id}" : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
