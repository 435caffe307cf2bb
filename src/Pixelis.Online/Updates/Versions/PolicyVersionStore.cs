namespace Pixelis.Online.Updates;

/// <summary>
/// Versions in a folder: <c>v000001</c> and so on, each sealed by a manifest of SHA-256 sums, and <c>current.json</c>, which says which of them
/// serves and which one learning goes on from. A version is written beside its place, flushed and renamed, and only then pointed to: a kill or a
/// full disk at any moment leaves what was served. One process writes; reading (<see cref="Read"/>) is free. Thread-safe.
/// </summary>
public sealed class PolicyVersionStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PolicyVersionStoreOptions _options;
    private readonly FileStream? _taken;
    private readonly PolicyPointerFile _file;
    private PolicyPointer _pointer;

    private PolicyVersionStore(string folder, PolicyVersionStoreOptions options, FileStream? taken)
    {
        (Folder, _options, _taken) = (folder, options, taken);
        _file = new PolicyPointerFile(folder);
        try
        {
            if (taken is not null)
            {
                foreach (string left in Directory.EnumerateDirectories(folder, ".v*.tmp"))
                    PolicyFolder.Remove(left);
            }
            _pointer = _file.Recover(writes: taken is not null);
        }
        catch
        {
            taken?.Dispose();
            throw;
        }
    }

    /// <summary>The store's folder.</summary>
    public string Folder { get; }

    /// <summary>What was wrong when it was opened and was got around, one sentence each; empty when all was well.</summary>
    public IReadOnlyList<string> Notices => _file.Notices;

    /// <summary>The version that serves; null in an empty store.</summary>
    public PolicyVersion? Serving => Pointed(p => p.Serving);

    /// <summary>The last good version, which learning goes on from; null in an empty store. It is another than the one that serves in shadow mode.</summary>
    public PolicyVersion? Learning => Pointed(p => p.Learning);

    /// <summary>All versions that can be read, the newest first.</summary>
    public IReadOnlyList<PolicyVersion> Versions => [.. PolicyFolder.All(Folder).Select(TryRead).OfType<PolicyVersion>()];

    /// <summary>Opens a store for writing, or makes one; what an interrupted write left behind is removed.</summary>
    /// <param name="folder">Made when absent.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="PolicyStoreException">Another process writes to it, or it cannot be written.</exception>
    public static PolicyVersionStore Open(string folder, PolicyVersionStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        options ??= new PolicyVersionStoreOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Keep, 1);
        folder = Path.GetFullPath(folder);
        FileStream taken;
        try
        {
            Directory.CreateDirectory(folder);
            taken = new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(Path.Combine(folder, ".lock")))
        {
            throw new PolicyStoreException(folder, "another process has the versions open for writing; only one can. Ask it, or stop it first.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PolicyStoreException(folder, $"the versions cannot be opened for writing: {e.Message}", e);
        }
        return new PolicyVersionStore(folder, options, taken);
    }

    /// <summary>Opens a store that is there for reading, also while another process writes to it.</summary>
    /// <exception cref="PolicyStoreException">There is no store.</exception>
    public static PolicyVersionStore Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Directory.Exists(folder)
            ? new PolicyVersionStore(Path.GetFullPath(folder), new PolicyVersionStoreOptions(), null)
            : throw new PolicyStoreException(folder, "there is no store of versions here.");
    }

    /// <summary>A version by its name; null when there is none that can be read.</summary>
    public PolicyVersion? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return PolicyFolder.NumberOf(id) is null ? null : TryRead(Path.Combine(Folder, id));
    }

    /// <summary>A version by its name, all of whose files are whole.</summary>
    /// <exception cref="PolicyStoreException">There is none, or a file is missing or damaged.</exception>
    public PolicyVersion Require(string id)
    {
        PolicyVersion version = Find(id)
            ?? throw new PolicyStoreException(Folder, $"there is no version '{id}'; there are {string.Join(", ", Versions.Select(v => v.Id))}.");
        PolicyFolder.Verify(Path.Combine(Folder, id));
        return version;
    }

    /// <summary>The given versions and all that descend from one of them: who still holds what they learnt.</summary>
    public IReadOnlyList<string> HoldersOf(IEnumerable<string> versions)
    {
        var holders = new HashSet<string>(versions, StringComparer.Ordinal);
        foreach (PolicyVersion version in Versions.Reverse()) // a parent is older than its children
        {
            if (version.Parent is { } parent && holders.Contains(parent))
                holders.Add(version.Id);
        }
        return [.. holders.Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes weights that may become a version.</summary>
    /// <param name="write">Writes them into the folder it is given, which is there.</param>
    /// <exception cref="PolicyStoreException">They could not be written; nothing is left of them.</exception>
    internal PolicyDraft Draft(Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        RequireWriting();
        string id = PolicyFolder.NameOf(Math.Max(_pointer.Last, PolicyFolder.Newest(Folder)) + 1);
        var draft = new PolicyDraft(id, Path.Combine(Folder, $".{id}.{Guid.NewGuid():N}.tmp"));
        Guard(draft, () =>
        {
            Directory.CreateDirectory(draft.WeightsFolder);
            write(draft.WeightsFolder);
        });
        return draft;
    }

    /// <summary>Makes a draft a version. It is neither served nor learnt from until <see cref="Point"/>.</summary>
    /// <param name="draft">Its weights.</param>
    /// <param name="version">What is known of it: parent, experiences, metrics, notes. Name, time and folder are the store's.</param>
    /// <exception cref="PolicyStoreException">It could not be written; nothing is left of it.</exception>
    internal PolicyVersion Commit(PolicyDraft draft, Func<PolicyVersion, PolicyVersion> version)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(version);
        RequireWriting();
        string place = Path.Combine(Folder, draft.Id);
        DateTimeOffset now = (_options.TimeProvider ?? TimeProvider.System).GetUtcNow();
        PolicyVersion made = version(new PolicyVersion { Id = draft.Id, CreatedAt = now, WeightsFolder = "" }) with { Id = draft.Id, CreatedAt = now, WeightsFolder = Path.Combine(place, PolicyFolder.Weights) };
        Guard(draft, () =>
        {
            var record = new PolicyVersionRecord(
                PolicyVersionRecord.CurrentSchema, made.Id, made.Parent, made.CreatedAt, [.. made.Experiences],
                new SortedDictionary<string, double>(made.Metrics.ToDictionary(), StringComparer.Ordinal), new SortedDictionary<string, string>(made.Notes.ToDictionary(), StringComparer.Ordinal));
            PolicyFolder.Seal(draft.Folder, record);
            Directory.Move(draft.Folder, place);
            Audit.FolderSync.Flush(Folder);
        });
        return made;
    }

    /// <summary>Says which version learning goes on from, and whether it serves. When this returns, it survives a crash.</summary>
    /// <exception cref="PolicyStoreException">It could not be written; what was pointed to still is.</exception>
    public void Point(PolicyVersion version, bool serves)
    {
        ArgumentNullException.ThrowIfNull(version);
        RequireWriting();
        lock (_lock)
        {
            int last = Math.Max(_pointer.Last, PolicyFolder.NumberOf(version.Id) ?? 0);
            PolicyPointer next = _pointer with { Serving = serves ? version.Id : _pointer.Serving, Learning = version.Id, Last = last };
            _file.Write(next);
            _pointer = next;
        }
        Prune();
    }

    /// <summary>Lets go of the folder.</summary>
    public void Dispose() => _taken?.Dispose();

    private PolicyVersion? Pointed(Func<PolicyPointer, string?> which)
    {
        lock (_lock)
            return which(_pointer) is { } id ? Find(id) : null;
    }

    private static PolicyVersion? TryRead(string folder)
    {
        try
        {
            return PolicyFolder.Read(folder);
        }
        catch (PolicyStoreException)
        {
            return null;
        }
    }

    private void Prune()
    {
        foreach (string folder in PolicyFolder.All(Folder).Skip(_options.Keep).Where(f => Path.GetFileName(f) != _pointer.Serving && Path.GetFileName(f) != _pointer.Learning).ToArray())
            PolicyFolder.Remove(folder);
    }

    private void Guard(PolicyDraft draft, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (PolicyFolder.IsOfTheDisk(e))
        {
            draft.Dispose();
            throw new PolicyStoreException(Folder, $"version {draft.Id} could not be written ({e.Message}); what is served stays. Free space, or keep fewer versions.", e);
        }
        catch
        {
            draft.Dispose();
            throw;
        }
    }

    private void RequireWriting()
    {
        if (_taken is null)
            throw new InvalidOperationException("The store was opened for reading; open it with PolicyVersionStore.Open.");
    }
}
