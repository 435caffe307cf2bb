namespace Pixelis.Agents.ChatClients;

/// <summary>The time allowed for the next thing to happen; starts anew with every piece that arrives.</summary>
internal sealed class ReplyDeadline(TimeSpan span, CancellationToken outer) : IDisposable
{
    private CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(outer);

    /// <summary>Cancelled when time is up, or by the caller.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The caller's own wish to stop.</summary>
    public CancellationToken Caller => outer;

    public void Restart()
    {
        if (_source.IsCancellationRequested && !outer.IsCancellationRequested)
        {
            _source.Dispose();
            _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        }
        _source.CancelAfter(span);
    }

    public void Dispose() => _source.Dispose();
}
