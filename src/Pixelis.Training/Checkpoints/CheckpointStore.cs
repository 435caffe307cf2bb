using System.Globalization;

namespace Pixelis.Training;

/// <summary>
/// Folders <c>step-00001000</c> with a manifest of SHA-256 sums. A checkpoint is written beside its place and renamed when all of it is on
/// the disk, so that a kill or a full disk at any moment leaves the earlier ones as they were. One process writes to a folder at a time.
/// </summary>
public sealed class CheckpointStore
{
    private const string BestFile = "best.txt";
    private const string Schema = "pixelis.checkpoint/1";

    private readonly int _keep;

    /// <summary>Opens a store; what an interrupted write left behind is removed.</summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="keep">Newest checkpoints that stay beside the best one.</param>
    public CheckpointStore(string folder, int keep = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        Folder = Path.GetFullPath(folder);
        _keep = keep;
        Directory.CreateDirectory(Folder);
        foreach (string left in Directory.EnumerateDirectories(Folder, ".step-*.tmp"))
            CleanUp(left);
    }

    /// <summary>The store's folder.</summary>
    public string Folder { get; }

    /// <summary>Folder of the best checkpoint, or null.</summary>
    public string? Best
    {
        get
        {
            string file = Path.Combine(Folder, BestFile);
            string? name = File.Exists(file) ? File.ReadAllText(file).Trim() : null;
            return string.IsNullOrEmpty(name) || Path.GetFileName(name) != name || !Directory.Exists(Path.Combine(Folder, name)) ? null : Path.Combine(Folder, name);
        }
    }

    /// <summary>Folders of all checkpoints, the newest first.</summary>
    public IReadOnlyList<string> All => [.. Directory.EnumerateDirectories(Folder, "step-*")
        .Where(f => StepOf(f) is not null).OrderByDescending(f => StepOf(f))];

    /// <summary>Writes a checkpoint and removes those that are no longer kept.</summary>
    /// <param name="step">Its step. A checkpoint of the same step is replaced.</param>
    /// <param name="isBest">Whether it is the best so far.</param>
    /// <param name="write">Writes files into the folder it is given.</param>
    /// <returns>Where it is.</returns>
    /// <exception cref="CheckpointException">It could not be written; the earlier ones are as they were.</exception>
    public string Save(int step, bool isBest, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string name = string.Create(CultureInfo.InvariantCulture, $"step-{step:D8}");
        string beside = Path.Combine(Folder, $".{name}.{Guid.NewGuid():N}.tmp");
        string place = Path.Combine(Folder, name);
        try
        {
            Directory.CreateDirectory(beside);
            write(beside);
            FolderManifest.Write(beside, Schema, json => json.WriteNumber("step", step));
            FolderManifest.Flush(beside);
            if (Directory.Exists(place))
                Replace(place, beside);
            else
                Directory.Move(beside, place);
            if (isBest)
                WriteBest(name);
            Prune();
            return place;
        }
        catch (Exception e) when (IsOfTheDisk(e))
        {
            TryDelete(beside);
            throw new CheckpointException($"The checkpoint of step {step} could not be written to {Folder}: {e.Message} The earlier checkpoints are as they were.", e);
        }
        catch
        {
            TryDelete(beside);
            throw;
        }
    }

    /// <summary>Finds the newest checkpoint that is whole.</summary>
    /// <param name="damaged">Receives a message for each newer one that is not; null to pass over them silently.</param>
    /// <returns>Its folder, or null when there is none.</returns>
    public string? FindLatest(Action<string>? damaged = null)
    {
        foreach (string folder in All)
        {
            try
            {
                Verify(folder);
                return folder;
            }
            catch (CheckpointException e)
            {
                damaged?.Invoke(e.Message);
            }
        }

        return null;
    }

    /// <summary>The step in a checkpoint folder's name, or null when it has none.</summary>
    public static int? StepOf(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        return name.StartsWith("step-", StringComparison.Ordinal) && int.TryParse(name.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : null;
    }

    /// <summary>Checks every file of a checkpoint against its manifest.</summary>
    /// <exception cref="CheckpointException">A file is missing, of another size or content; the message names it.</exception>
    public static void Verify(string folder) => FolderManifest.Verify(folder, Schema);

    // A file that outgrows a limit of the system or the user (EFBIG) comes as an ArgumentOutOfRangeException.
    private static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    // Two renames: a kill between them leaves the older one under another name, from which CleanUp brings it back.
    private static void Replace(string place, string beside)
    {
        string old = Path.Combine(Path.GetDirectoryName(place)!, $".{Path.GetFileName(place)}.old.{Guid.NewGuid():N}.tmp");
        Directory.Move(place, old);
        Directory.Move(beside, place);
        Directory.Delete(old, recursive: true);
    }

    private static void CleanUp(string left)
    {
        string name = Path.GetFileName(left);
        int end = name.IndexOf(".old.", StringComparison.Ordinal);
        string? place = end < 0 ? null : Path.Combine(Path.GetDirectoryName(left)!, name[1..end]);
        if (place is not null && !Directory.Exists(place))
            Directory.Move(left, place);
        else
            Directory.Delete(left, recursive: true);
    }

    private void WriteBest(string name) => AtomicFile.WriteText(Path.Combine(Folder, BestFile), name + "\n");

    private void Prune()
    {
        string? best = Best;
        foreach (string folder in All.Skip(_keep).Where(f => f != best))
            Directory.Delete(folder, recursive: true);
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // The next store that opens the folder removes it.
        }
    }
}
