using Microsoft.Extensions.Logging;

namespace Pixelis.Online.Storage;

/// <summary>What a store needs now and then: old experiences leave, erased bytes are wiped, the index is written.</summary>
internal sealed class StoreUpkeep : IAsyncDisposable
{
    private const int PrunedTogether = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StoreWriter _writer;
    private readonly ExperienceReader _reader;
    private readonly NeighborKeeper _neighbors;
    private readonly ExperienceBufferOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task[] _tasks;

    public StoreUpkeep(StoreWriter writer, ExperienceReader reader, NeighborKeeper neighbors, ExperienceBufferOptions options, ILogger logger)
    {
        (_writer, _reader, _neighbors, _options, _logger) = (writer, reader, neighbors, options, logger);
        _tasks =
        [
            Task.Run(FinishErasureAsync),
            RepeatAsync(options.Retention > TimeSpan.Zero ? options.PruneInterval : TimeSpan.Zero, token => PruneAsync(token)),
            RepeatAsync(options.SnapshotInterval, _neighbors.SaveAsync),
        ];
    }

    /// <summary>Forgets what is too old, some at a time, so that additions come in between.</summary>
    public async Task<long> PruneAsync(CancellationToken cancellationToken)
    {
        if (_options.Retention <= TimeSpan.Zero)
            return 0;
        long before = (_options.Time.GetUtcNow() - _options.Retention).UtcTicks, total = 0;
        while (true)
        {
            List<long> gone = await _writer.ChangeAsync(
                connection =>
                {
                    List<long> old = connection.All("SELECT id FROM experience WHERE created_at < $1 ORDER BY created_at LIMIT $2", r => r.GetInt64(0), before, PrunedTogether);
                    ExperienceRows.Delete(connection, old);
                    return old;
                },
                old => _neighbors.Remove(old),
                cancellationToken).ConfigureAwait(false);
            total += gone.Count;
            if (gone.Count < PrunedTogether)
                return total;
        }
    }

    /// <summary>Wipes what an erasure left in files and memory.</summary>
    public async Task ScrubAsync()
    {
        bool isWiped = false;
        for (int attempt = 0; attempt < 5 && !isWiped; attempt++)
            isWiped = await _writer.RunAloneAsync(SubjectErasure.Wipe).ConfigureAwait(false);
        if (!isWiped)
            throw new ExperienceStoreException("experience.db-wal", "what was erased is gone from the store, but a reader keeps the log from being emptied; that is tried again when the store is opened.");
        await _neighbors.RebuildAsync(thoroughly: false, CancellationToken.None).ConfigureAwait(false);
        await _neighbors.SaveAsync(CancellationToken.None).ConfigureAwait(false);
        await _writer.ChangeAsync(SubjectErasure.Finish).ConfigureAwait(false);
    }

    /// <summary>Ends what repeats, then writes the index a last time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(false);
        // A graph that is being built at this moment is not waited for long: the database has everything.
        using var patience = new CancellationTokenSource(Patience);
        await TryAsync(_neighbors.SaveAsync, patience.Token).ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task FinishErasureAsync() => await TryAsync(
        async _ =>
        {
            if (_reader.Read(SubjectErasure.IsPending))
                await ScrubAsync().ConfigureAwait(false);
        },
        CancellationToken.None).ConfigureAwait(false);

    private async Task RepeatAsync(TimeSpan interval, Func<CancellationToken, Task> body)
    {
        if (interval <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(interval, _options.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closing.Token).ConfigureAwait(false))
                await TryAsync(body, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> body, CancellationToken cancellationToken)
    {
        try
        {
            await body(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e)
        {
            _logger.LogError(e, "Upkeep of the store of experiences failed and is tried again later");
        }
    }
}
