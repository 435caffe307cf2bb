using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.Updates;

namespace Pixelis.Online;

/// <summary>What learning while serving keeps in its folder, opened together. Owns all of it.</summary>
internal sealed partial class OnlineStores : IAsyncDisposable
{
    private readonly string _driftFile;

    private OnlineStores(string driftFile) => _driftFile = driftFile;

    public required ExperienceBuffer Experiences { get; init; }

    public required ReviewQueue Reviews { get; init; }

    public required PolicyVersionStore Versions { get; init; }

    public required AuditLog Audit { get; init; }

    public required PiiRedactor Redactor { get; init; }

    public required SubjectHasher Subjects { get; init; }

    public required DriftMonitor Drift { get; init; }

    /// <summary>Opens or makes everything; when one part cannot be opened, none stays open.</summary>
    /// <exception cref="PixelisException">A part cannot be used.</exception>
    public static OnlineStores Open(OnlineEvolutionOptions options, int dimension, ILogger logger)
    {
        OnlineFolder folder = options.Places;
        var opened = new Stack<Func<ValueTask>>();
        try
        {
            PrivacyKey privacy = KeyOf(options.PrivacyKeyFile, folder.PrivacyKey, PrivacyKey.Read, PrivacyKey.Create);
            AuditKey auditing = KeyOf(options.AuditKeyFile, folder.AuditKey, AuditKey.Read, AuditKey.Create);
            var redactor = new PiiRedactor(privacy, options.Privacy);
            var experiences = ExperienceBuffer.Open(folder.Experiences, new ExperienceBufferOptions
            {
                Dimension = dimension, Capacity = options.Capacity, Retention = options.Retention, Logger = logger, Time = options.TimeProvider ?? TimeProvider.System,
            });
            opened.Push(experiences.DisposeAsync);
            ReviewQueue reviews = ReviewQueue.Open(folder.Reviews);
            opened.Push(reviews.DisposeAsync);
            PolicyVersionStore versions = PolicyVersionStore.Open(folder.Versions, new PolicyVersionStoreOptions { TimeProvider = options.TimeProvider });
            opened.Push(() => { versions.Dispose(); return ValueTask.CompletedTask; });
            AuditLog audit = AuditLog.Open(folder.AuditLog, auditing, new AuditOptions { Redactor = redactor, TimeProvider = options.TimeProvider });
            opened.Push(audit.DisposeAsync);
            string driftFile = Path.Combine(folder.Root, "drift.json");
            return new OnlineStores(driftFile)
            {
                Experiences = experiences, Reviews = reviews, Versions = versions, Audit = audit, Redactor = redactor, Subjects = new SubjectHasher(privacy),
                Drift = DriftOf(driftFile, dimension, logger),
            };
        }
        catch
        {
            while (opened.TryPop(out Func<ValueTask>? close))
                close().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>See <see cref="OnlineEvolution.EraseAsync"/>.</summary>
    public Task<Erasure> EraseAsync(string subject, string tenant, CancellationToken cancellationToken) =>
        PersonErasure.EraseAsync(Experiences, Reviews, Versions, Audit, Subjects.Hash(tenant, subject), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        SaveDrift();
        await Experiences.DisposeAsync().ConfigureAwait(false);
        await Reviews.DisposeAsync().ConfigureAwait(false);
        Versions.Dispose();
        await Audit.DisposeAsync().ConfigureAwait(false);
    }

    private static T KeyOf<T>(string? named, string usual, Func<string, T> read, Func<string, T> create)
    {
        string file = named ?? usual;
        if (File.Exists(file))
            return read(file);
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(folder);
        return create(file);
    }

    private static DriftMonitor DriftOf(string file, int dimension, ILogger logger)
    {
        var drift = new DriftMonitor(dimension);
        try
        {
            if (File.Exists(file) && JsonSerializer.Deserialize(File.ReadAllBytes(file), DriftJson.Default.DriftState) is { } state)
                drift.Load(state);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or PixelisException)
        {
            DriftLost(logger, file, e.Message); // it is measured anew
        }
        return drift;
    }

    private void SaveDrift()
    {
        try
        {
            AtomicFile.WriteText(_driftFile, JsonSerializer.Serialize(Drift.Save(), DriftJson.Default.DriftState));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is measured anew after the next start.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{File} cannot be read ({Problem}); drift is measured anew.")]
    private static partial void DriftLost(ILogger logger, string file, string problem);

    [JsonSerializable(typeof(DriftState))]
    private sealed partial class DriftJson : JsonSerializerContext;
}
