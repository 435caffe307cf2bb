namespace Pixelis.Online.State;

/// <summary>What learning while serving is doing, for people who watch it. Nothing can be changed through it. Thread-safe.</summary>
public interface IOnlineState
{
    /// <summary>
    /// Everything at one moment, consistent in itself. A server asks about once a second for each page that is open: an implementation answers from
    /// memory and bounds its lists.
    /// </summary>
    ValueTask<OnlineSnapshot> ReadAsync(CancellationToken cancellationToken = default);
}
