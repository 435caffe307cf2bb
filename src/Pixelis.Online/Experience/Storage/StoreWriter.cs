using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Pixelis.Online.Storage;

/// <summary>
/// The one connection that writes, on a thread of its own. What waits is committed together, so that many additions share one flush of
/// the disk; when that fails, each is tried by itself, so that one bad change does not take others with it.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    private const int MostTogether = 256;

    private readonly StoreFiles _files;
    private readonly SqliteConnection _connection;
    private readonly ILogger _logger;
    private readonly Channel<WriteJob> _jobs = Channel.CreateUnbounded<WriteJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;

    public StoreWriter(StoreFiles files, SqliteConnection connection, ILogger logger)
    {
        (_files, _connection, _logger) = (files, connection, logger);
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Changes the database in a transaction. The body may run twice; what it did before is undone then.</summary>
    /// <param name="change">The change; runs on the writer's thread.</param>
    /// <param name="committed">Runs on the writer's thread once the change is on disk, in the order of changes, before this returns.</param>
    /// <param name="cancellationToken">Withdraws a change that has not begun.</param>
    public Task<T> ChangeAsync<T>(Func<SqliteConnection, T> change, Action<T>? committed = null, CancellationToken cancellationToken = default) =>
        SubmitAsync(new WriteJob<T>(change, committed, isAlone: false, cancellationToken));

    /// <summary>Does what cannot be done in a transaction.</summary>
    public Task<T> RunAloneAsync<T>(Func<SqliteConnection, T> body) => SubmitAsync(new WriteJob<T>(body, null, isAlone: true, CancellationToken.None));

    /// <summary>Writes what waits, then closes the database.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _connection.Dispose();
    }

    private Task<T> SubmitAsync<T>(WriteJob<T> job)
    {
        ObjectDisposedException.ThrowIf(!_jobs.Writer.TryWrite(job), this);
        return job.Task;
    }

    private void Loop()
    {
        var together = new List<WriteJob>();
        while (_jobs.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (together.Count < MostTogether && _jobs.Reader.TryPeek(out WriteJob? next) && !next.IsAlone && _jobs.Reader.TryRead(out next))
            {
                if (!next.WasWithdrawn())
                    together.Add(next);
            }
            if (together.Count > 0)
                Commit(together);
            else if (_jobs.Reader.TryPeek(out WriteJob? alone) && alone.IsAlone && _jobs.Reader.TryRead(out alone))
                Settle(alone, Try(() => alone.Run(_connection)));
            together.Clear();
        }
    }

    private void Commit(List<WriteJob> jobs)
    {
        Exception? failure = TryTransaction(jobs);
        if (failure is null || jobs.Count == 1)
        {
            jobs.ForEach(job => Settle(job, failure));
            return;
        }
        foreach (WriteJob job in jobs)
            Settle(job, TryTransaction([job]));
    }

    private Exception? TryTransaction(List<WriteJob> jobs)
    {
        Exception? failure = Try(() =>
        {
            _connection.Run("BEGIN IMMEDIATE");
            jobs.ForEach(job => job.Run(_connection));
            _connection.Run("COMMIT");
        });
        // A full disk has rolled back by itself already: then this fails, and may.
        if (failure is not null)
            Try(() => _connection.Run("ROLLBACK"));
        return failure;
    }

    private void Settle(WriteJob job, Exception? failure)
    {
        if (failure is null && Try(job.Committed) is { } late)
            _logger.LogError(late, "A change was committed, but what follows it failed");
        job.Settle(failure is SqliteException e ? _files.Translate(e) : failure);
    }

    private static Exception? Try(Action body)
    {
        try
        {
            body();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
