using System.Text.Json;

namespace Pixelis.Online.Updates;

/// <summary>The file <c>current.json</c> of a store of versions, and what to do when it, or what it points to, is damaged.</summary>
internal sealed class PolicyPointerFile(string folder)
{
    private readonly List<string> _notices = [];

    /// <summary>What was wrong and was got around.</summary>
    public IReadOnlyList<string> Notices => _notices;

    private string File => Path.Combine(folder, "current.json");

    /// <summary>Reads it. Where it or a version is damaged, the newest whole version before that is pointed to instead.</summary>
    /// <param name="writes">Whether a pointer that changed is written.</param>
    public PolicyPointer Recover(bool writes)
    {
        PolicyPointer? read = Read();
        string? serving = read is null ? Whole(null, "is taken") : read.Serving is null ? null : Whole(read.Serving, "serves");
        string? learning = read is null || read.Learning == read.Serving ? serving : read.Learning is null ? null : Whole(read.Learning, "learns");
        var found = new PolicyPointer(PolicyPointer.CurrentSchema, serving, learning, Math.Max(read?.Last ?? 0, PolicyFolder.Newest(folder)));
        if (writes && serving is not null && found != read)
            Write(found);
        return found;
    }

    /// <summary>Writes it; when this returns, it survives a crash.</summary>
    /// <exception cref="PolicyStoreException">It could not be written; the file is as it was.</exception>
    public void Write(PolicyPointer pointer)
    {
        try
        {
            AtomicFile.WriteText(File, JsonSerializer.Serialize(pointer, PolicyJson.Default.PolicyPointer) + "\n");
            Audit.FolderSync.Flush(folder);
        }
        catch (Exception e) when (PolicyFolder.IsOfTheDisk(e))
        {
            throw new PolicyStoreException(File, $"it could not be written ({e.Message}); what is served stays.", e);
        }
    }

    private PolicyPointer? Read()
    {
        try
        {
            if (System.IO.File.Exists(File) && JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(File), PolicyJson.Default.PolicyPointer) is { Schema: PolicyPointer.CurrentSchema } pointer)
                return pointer;
            if (PolicyFolder.All(folder).Any())
                _notices.Add($"{File} is missing or of another version; the newest whole version is taken.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            _notices.Add($"{File} cannot be read ({e.Message}); the newest whole version is taken.");
        }
        return null;
    }

    // What is wanted when it is whole, else the newest whole one before it, else the newest whole one at all.
    private string? Whole(string? wanted, string does)
    {
        string[] names = [.. PolicyFolder.All(folder).Select(f => Path.GetFileName(f))];
        IEnumerable<string> order = wanted is null
            ? names
            : [wanted, .. names.Where(n => PolicyFolder.NumberOf(n) < PolicyFolder.NumberOf(wanted)), .. names.Where(n => PolicyFolder.NumberOf(n) > PolicyFolder.NumberOf(wanted))];
        var problems = new List<string>();
        foreach (string name in order)
        {
            try
            {
                PolicyFolder.Read(Path.Combine(folder, name));
                PolicyFolder.Verify(Path.Combine(folder, name));
                if (problems.Count > 0)
                    _notices.Add($"{string.Join(" ", problems)} {name} {does} instead.");
                return name;
            }
            catch (PolicyStoreException e)
            {
                problems.Add($"Version {name} cannot be used: {e.Message}");
            }
        }
        if (problems.Count > 0)
            _notices.Add($"{string.Join(" ", problems)} No version is whole.");
        return null;
    }
}
