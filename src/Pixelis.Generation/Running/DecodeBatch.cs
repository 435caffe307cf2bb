using Pixelis.Modeling;

namespace Pixelis.Generation.Running;

/// <summary>
/// Sequences that are decoded together, one cache row each. Rows leave when they finish (<see cref="Step"/>) and may join between two steps
/// (<see cref="Join"/>); neither changes what another row draws from.
/// </summary>
internal sealed class DecodeBatch : IDisposable
{
    private readonly ModelRunner _runner;
    private readonly KeyValueCache _cache;
    private readonly List<DecodeRow> _rows;

    /// <summary>Takes ownership of a cache with one row for every entry of <paramref name="rows"/>.</summary>
    public DecodeBatch(ModelRunner runner, KeyValueCache cache, IEnumerable<DecodeRow> rows)
    {
        _runner = runner;
        _cache = cache;
        _rows = [.. rows];
    }

    /// <summary>Whether any row goes on.</summary>
    public bool Active => _rows.Exists(row => !row.Finished);

    /// <summary>Whether its rows have moved to another batch.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Adds the rows of another batch, which is empty and disposed afterwards.</summary>
    public void Join(DecodeBatch other)
    {
        _cache.AddRows(other._cache);
        _rows.AddRange(other._rows);
        other._rows.Clear();
        other.Dispose();
    }

    /// <summary>Draws one token for every row that goes on, then runs the model once for those that still do.</summary>
    public void Step(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (DecodeRow row in _rows)
        {
            if (!row.Finished)
                row.Draw();
        }
        if (!Active)
            return;
        _runner.Run(Advance, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => _cache.Dispose();

    private void Advance()
    {
        DropFinished();
        long[] tokens = [.. _rows.Select(row => (long)row.LastToken)];
        _runner.Advance(_cache, tokens, [.. _rows.Select(row => row.Finished ? null : row.Logits)]);
    }

    /// <summary>
    /// Gives up finished rows once they are half of the batch: moving the others costs a copy of their cache, carrying the finished
    /// ones costs work.
    /// </summary>
    private void DropFinished()
    {
        int[] live = [.. Enumerable.Range(0, _rows.Count).Where(i => !_rows[i].Finished)];
        if (live.Length * 2 > _rows.Count)
            return;
        _cache.KeepRows(live);
        DecodeRow[] kept = [.. live.Select(i => _rows[i])];
        _rows.Clear();
        _rows.AddRange(kept);
    }
}
