using System.Threading.Channels;
using Pixelis.Online.Metrics;

namespace Pixelis.Online.Audit;

/// <summary>
/// An append-only record of what was done, in a folder of its own: JSON lines, each with a keyed code over itself and the line before, in numbered
/// files, with a signed head that says how far it goes. What was acknowledged cannot be changed, removed, moved or cut off unseen by anybody who
/// lacks the key (<see cref="AuditVerifier"/>). One process writes a log at a time. Thread-safe.
/// </summary>
public sealed class AuditLog : IAsyncDisposable
{
    /// <summary>Most entries that are written to disk together: as many as a log may be ahead of its head after a crash.</summary>
    internal const int MostTogether = 256;

    private readonly AuditWriter _writer;
    private readonly AuditOptions _options;
    private readonly Channel<Pending> _queue;
    private readonly Task _writing;
    private int _disposed;

    private AuditLog(AuditWriter writer, AuditOptions options)
    {
        (_writer, _options) = (writer, options);
        _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>
    /// Opens the log of a folder, or begins one (the folder with mode 700, files with mode 600). Lines that a crash left half written were never
    /// acknowledged: they are set aside in a file <c>torn-...</c>, and an entry says so.
    /// </summary>
    /// <param name="folder">The log's own folder.</param>
    /// <param name="key">The key it is chained with: the same one for the log's whole life.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="AuditException">
    /// Another process writes it, it cannot be read or written, the key is another one, or lines that the head vouches for are missing or changed.
    /// </exception>
    public static AuditLog Open(string folder, AuditKey key, AuditOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(key);
        options ??= new AuditOptions();
        options.Check();
        try
        {
            return new AuditLog(AuditWriter.Open(Path.GetFullPath(folder), key, options), options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"{folder}: the audit log cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Puts something on record. When this returns, the entry is on disk and survives a crash of the process and of the machine.</summary>
    /// <param name="entry">What happened; at most 60 KiB as JSON.</param>
    /// <param name="cancellationToken">Ends the wait. The entry may still be written.</param>
    /// <returns>The entry's number in the log; numbers grow, with gaps where a file begins.</returns>
    /// <exception cref="AuditException">The entry is too large, or it could not be written and is not in the log.</exception>
    /// <exception cref="ObjectDisposedException">The log is closed.</exception>
    public async Task<long> AppendAsync(AuditEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        DateTimeOffset now = (_options.TimeProvider ?? TimeProvider.System).GetUtcNow();
        byte[] fields = AuditLine.Fields(Redacted(entry), now);
        if (fields.Length > 60 << 10)
            throw new AuditException($"An audit entry of {fields.Length} bytes is too large; at most {60 << 10}. It holds names and numbers, not content.");
        var pending = new Pending(fields, new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(AuditLog));
        }
        return await pending.Written.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what waits, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        _queue.Writer.Complete();
        await _writing.ConfigureAwait(false);
        _writer.Dispose();
    }

    private async Task WriteAsync()
    {
        var together = new List<Pending>(MostTogether);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            together.Clear();
            while (together.Count < MostTogether && _queue.Reader.TryRead(out Pending? pending))
                together.Add(pending);
            Commit(together);
        }
    }

    private void Commit(List<Pending> together)
    {
        try
        {
            long first = _writer.Commit([.. together.Select(p => p.Fields)]);
            OnlineMetrics.AuditEntries.Add(together.Count);
            for (int i = 0; i < together.Count; i++)
                together[i].Written.SetResult(first + i);
        }
        catch (Exception e)
        {
            OnlineMetrics.AuditFailures.Add(together.Count);
            foreach (Pending pending in together)
                pending.Written.TrySetException(e as AuditException ?? new AuditException($"The audit log cannot be written: {e.Message}", e));
        }
    }

    private AuditEntry Redacted(AuditEntry entry) => _options.Redactor is not { } redactor ? entry : entry with
    {
        Resource = redactor.Redact(entry.Resource).Text,
        Metadata = entry.Metadata.ToDictionary(p => p.Key, p => redactor.Redact(p.Value).Text),
    };

    private sealed record Pending(byte[] Fields, TaskCompletionSource<long> Written);
}
