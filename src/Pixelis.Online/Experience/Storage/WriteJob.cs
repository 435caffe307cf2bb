using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>A change that waits for the writer.</summary>
internal abstract class WriteJob(bool isAlone)
{
    /// <summary>Whether it runs outside any transaction.</summary>
    public bool IsAlone { get; } = isAlone;

    public abstract bool WasWithdrawn();

    public abstract void Run(SqliteConnection connection);

    public abstract void Committed();

    public abstract void Settle(Exception? failure);
}

/// <summary>A change with a result.</summary>
internal sealed class WriteJob<T>(Func<SqliteConnection, T> change, Action<T>? committed, bool isAlone, CancellationToken cancellationToken) : WriteJob(isAlone)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override bool WasWithdrawn()
    {
        if (!cancellationToken.IsCancellationRequested)
            return false;
        _done.TrySetCanceled(cancellationToken);
        return true;
    }

    public override void Run(SqliteConnection connection) => _result = change(connection);

    public override void Committed() => committed?.Invoke(_result);

    public override void Settle(Exception? failure)
    {
        if (failure is null)
            _done.TrySetResult(_result);
        else
            _done.TrySetException(failure);
    }
}
