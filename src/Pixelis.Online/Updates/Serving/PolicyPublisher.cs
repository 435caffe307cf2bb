namespace Pixelis.Online.Updates;

/// <summary>
/// Serves one version and swaps it for the next between episodes. The next is loaded into a host that nobody uses, and then new episodes are sent
/// there; a host is only written to when the last episode on it has ended. So nobody waits for a swap, and nobody sees half of one. Thread-safe.
/// </summary>
internal sealed class PolicyPublisher
{
    private readonly Lock _lock = new();
    private readonly Slot[] _slots;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private Slot? _serving;
    private TaskCompletionSource _freed = New();

    /// <summary>Makes a publisher that serves nothing yet.</summary>
    /// <param name="hosts">Two or more instances of the model. Not owned.</param>
    /// <param name="patience">How long to wait for the episodes of an old version before the next one can be loaded; null for 10 minutes.</param>
    /// <param name="time">What tells the time; null for the system's.</param>
    public PolicyPublisher(IReadOnlyList<IPolicyHost> hosts, TimeSpan? patience = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        if (hosts.Count < 2)
            throw new ArgumentException($"{hosts.Count} hosts were given; two or more are needed: one serves while the next version is loaded into another.", nameof(hosts));
        _slots = [.. hosts.Select(h => new Slot(h))];
        _patience = patience ?? TimeSpan.FromMinutes(10);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The version that new episodes run; null before the first.</summary>
    public string? Serving
    {
        get
        {
            lock (_lock)
                return _serving?.Version;
        }
    }

    /// <summary>Episodes under way, by version.</summary>
    public IReadOnlyDictionary<string, int> Leases
    {
        get
        {
            lock (_lock)
                return _slots.Where(s => s.Leases > 0).ToDictionary(s => s.Version!, s => s.Leases);
        }
    }

    /// <summary>Takes the version that serves, for an episode or all episodes of a request. It never waits.</summary>
    /// <exception cref="InvalidOperationException">Nothing is served yet.</exception>
    public PolicyLease Acquire()
    {
        lock (_lock)
        {
            Slot slot = _serving ?? throw new InvalidOperationException("No version is served yet; let the update worker begin first (UpdateWorker.BeginAsync).");
            slot.Leases++;
            return new PolicyLease(slot.Version!, slot.Host.Agent, () => Release(slot));
        }
    }

    /// <summary>Loads weights into a host that nobody uses, waiting for the episodes of an old version where it must.</summary>
    /// <param name="version">The version's name.</param>
    /// <param name="weights">The folder of its weights.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PixelisException">The weights do not fit, or episodes of an old version did not end in time. What is served stays.</exception>
    public async Task<PreparedPolicy> PrepareAsync(string version, string weights, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        Slot slot = await TakeAsync(version, cancellationToken).ConfigureAwait(false);
        try
        {
            slot.Host.Load(version, weights);
            slot.Version = version;
            return new PreparedPolicy(this, slot);
        }
        catch
        {
            Free(slot);
            throw;
        }
    }

    internal void Serve(Slot slot)
    {
        lock (_lock)
        {
            slot.IsTaken = false;
            _serving = slot;
            Wake();
        }
    }

    internal void Free(Slot slot)
    {
        lock (_lock)
        {
            slot.IsTaken = false;
            slot.Version = null;
            Wake();
        }
    }

    private void Release(Slot slot)
    {
        lock (_lock)
        {
            if (--slot.Leases == 0)
                Wake();
        }
    }

    private async Task<Slot> TakeAsync(string version, CancellationToken cancellationToken)
    {
        long began = _time.GetTimestamp();
        while (true)
        {
            Task freed;
            lock (_lock)
            {
                if (Array.Find(_slots, s => s != _serving && s.Leases == 0 && !s.IsTaken) is { } slot)
                {
                    (slot.IsTaken, slot.Version) = (true, null);
                    return slot;
                }
                freed = _freed.Task;
            }
            TimeSpan left = _patience - _time.GetElapsedTime(began);
            try
            {
                await freed.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException e)
            {
                string held = string.Join(", ", Leases.Where(l => l.Key != Serving).Select(l => $"{l.Value} of {l.Key}"));
                throw new PixelisException($"{version} cannot be loaded: after {_patience} episodes of older versions still run ({(held.Length > 0 ? held : "or another version is being tried")}). End them, or give the publisher more hosts.", e);
            }
        }
    }

    // Under the lock. Waiters look again; there are few.
    private void Wake()
    {
        _freed.SetResult();
        _freed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A host, and who uses it.</summary>
    internal sealed class Slot(IPolicyHost host)
    {
        public IPolicyHost Host => host;

        public string? Version { get; set; }

        public int Leases { get; set; }

        public bool IsTaken { get; set; }
    }
}
