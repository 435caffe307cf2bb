using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Pixelis.Online.Storage;

/// <summary>Connections that read, lent to one reader at a time. Each reading sees the store as it was when it began.</summary>
internal sealed class StoreReaders(StoreFiles files) : IDisposable
{
    private const int MostIdle = 8;

    private readonly ConcurrentBag<SqliteConnection> _idle = [];
    private volatile bool _isClosed;

    public T Read<T>(Func<SqliteConnection, T> body) => files.Guard(() =>
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!_idle.TryTake(out SqliteConnection? connection))
            connection = files.OpenReader();
        bool isSound = false;
        try
        {
            connection.Run("BEGIN");
            T result = body(connection);
            connection.Run("COMMIT");
            isSound = true;
            return result;
        }
        finally
        {
            if (isSound && !_isClosed && _idle.Count < MostIdle)
                _idle.Add(connection);
            else
                connection.Dispose();
        }
    });

    public void Dispose()
    {
        _isClosed = true;
        while (_idle.TryTake(out SqliteConnection? connection))
            connection.Dispose();
    }
}
