using Pixelis.Agents;

namespace Pixelis.Online.Updates;

/// <summary>A version that is loaded and not served: it can be tried, then published. Disposed without that, it is forgotten.</summary>
internal sealed class PreparedPolicy : IDisposable
{
    private readonly PolicyPublisher _publisher;
    private readonly PolicyPublisher.Slot _slot;
    private bool _ended;

    internal PreparedPolicy(PolicyPublisher publisher, PolicyPublisher.Slot slot) => (_publisher, _slot) = (publisher, slot);

    /// <summary>The version's name.</summary>
    public string Version => _slot.Version!;

    /// <summary>An agent that runs it, while this is not disposed or published.</summary>
    public PixelisAgent Agent => _slot.Host.Agent;

    /// <summary>Serves it: episodes that begin from now on run it, those under way end as they began. At once, and whole.</summary>
    public void Publish()
    {
        ObjectDisposedException.ThrowIf(_ended, this);
        _ended = true;
        _publisher.Serve(_slot);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!_ended)
            _publisher.Free(_slot);
        _ended = true;
    }
}
