using Pixelis.Agents;

namespace Pixelis.Online.Updates;

/// <summary>
/// The right to run episodes on one version: as long as it is held, these weights stay as they are, whatever is published meanwhile. Hold one for an
/// episode, or for all episodes of a request, and dispose it then.
/// </summary>
internal sealed class PolicyLease : IDisposable
{
    private Action? _end;

    internal PolicyLease(string version, PixelisAgent agent, Action end) => (Version, Agent, _end) = (version, agent, end);

    /// <summary>The version.</summary>
    public string Version { get; }

    /// <summary>The agent that runs it.</summary>
    public PixelisAgent Agent { get; }

    /// <summary>Gives the version back; the second time does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
}
