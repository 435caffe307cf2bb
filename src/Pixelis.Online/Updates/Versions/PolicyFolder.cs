using System.Globalization;
using System.Text.Json;
using Pixelis.Training;

namespace Pixelis.Online.Updates;

/// <summary>The folder of one version: its record, its weights, and a manifest of sums over both.</summary>
internal static class PolicyFolder
{
    /// <summary>Name of the folder of weights.</summary>
    public const string Weights = "weights";

    private const string RecordFile = "version.json";
    private const string Schema = "pixelis.policy-folder/1";

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"v{number:D6}");

    /// <summary>The number in a version's name; null when it is no such name.</summary>
    public static int? NumberOf(string name) =>
        name.StartsWith('v') && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && NameOf(number) == name ? number : null;

    /// <summary>The folders of a store's versions, the newest first.</summary>
    public static IEnumerable<string> All(string store) => Directory.EnumerateDirectories(store, "v*")
        .Where(f => NumberOf(Path.GetFileName(f)) is not null).OrderByDescending(f => NumberOf(Path.GetFileName(f)));

    /// <summary>The highest number of a store's versions; 0 without any.</summary>
    public static int Newest(string store) => All(store).Select(f => NumberOf(Path.GetFileName(f))!.Value).FirstOrDefault();

    /// <summary>Whether a disk is what failed. A file that outgrows a limit of the system or the user (EFBIG) comes as an ArgumentOutOfRangeException.</summary>
    public static bool IsOfTheDisk(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException { ParamName: "value" };

    /// <summary>Writes record and manifest beside the weights, and flushes everything.</summary>
    public static void Seal(string folder, PolicyVersionRecord record)
    {
        File.WriteAllBytes(Path.Combine(folder, RecordFile), JsonSerializer.SerializeToUtf8Bytes(record, PolicyJson.Default.PolicyVersionRecord));
        FolderManifest.Write(folder, Schema);
        FolderManifest.Flush(folder);
        foreach (string inner in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Append(folder))
            Audit.FolderSync.Flush(inner);
    }

    /// <summary>Reads a version's record.</summary>
    /// <exception cref="PolicyStoreException">It is missing, damaged, or of another version.</exception>
    public static PolicyVersion Read(string folder)
    {
        string file = Path.Combine(folder, RecordFile);
        try
        {
            PolicyVersionRecord record = JsonSerializer.Deserialize(File.ReadAllBytes(file), PolicyJson.Default.PolicyVersionRecord)
                ?? throw new JsonException("the file holds null");
            if (record.Schema != PolicyVersionRecord.CurrentSchema || record.Id != Path.GetFileName(folder))
                throw new PolicyStoreException(file, $"it is {record.Schema} of '{record.Id}'; {PolicyVersionRecord.CurrentSchema} of '{Path.GetFileName(folder)}' was expected.");
            return new PolicyVersion
            {
                Id = record.Id,
                Parent = record.Parent,
                CreatedAt = record.CreatedAt,
                Experiences = record.Experiences ?? [],
                Metrics = record.Metrics ?? [],
                Notes = record.Notes ?? [],
                WeightsFolder = Path.Combine(folder, Weights),
            };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new PolicyStoreException(file, $"it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Checks every file of a version against its manifest.</summary>
    /// <exception cref="PolicyStoreException">One is missing or of other content.</exception>
    public static void Verify(string folder)
    {
        try
        {
            FolderManifest.Verify(folder, Schema);
        }
        catch (CheckpointException e)
        {
            throw new PolicyStoreException(folder, e.Message, e);
        }
    }

    /// <summary>Removes a folder if it is there; what cannot be removed now is when the store is opened next.</summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Opening the store tries again.
        }
    }
}
