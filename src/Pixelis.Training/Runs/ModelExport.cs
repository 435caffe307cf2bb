namespace Pixelis.Training;

/// <summary>Writes a folder beside its place and puts it there when it is whole.</summary>
internal static class ModelExport
{
    public static void Write(string folder, Action<string> write)
    {
        string beside = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(beside);
            write(beside);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            Directory.Move(beside, folder);
        }
        finally
        {
            if (Directory.Exists(beside))
                Directory.Delete(beside, recursive: true);
        }
    }
}
