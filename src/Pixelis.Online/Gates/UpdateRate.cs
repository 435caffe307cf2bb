namespace Pixelis.Online;

/// <summary>
/// How many updates began in the last minute, to the moment, not by the clock's minutes. Thread-safe. It is forgotten when the process
/// ends; a restart takes longer than the harm it could do.
/// </summary>
/// <param name="perMinute">Most updates a minute, at least 1: as many moments are kept.</param>
/// <param name="time">What tells the time; null for the system's. Only differences count, so a clock that is set does no harm.</param>
internal sealed class UpdateRate(int perMinute = 60, TimeProvider? time = null)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly int _perMinute = perMinute >= 1
        ? perMinute
        : throw new ArgumentOutOfRangeException(nameof(perMinute), perMinute, "At least 1 was expected.");

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Queue<long> _begun = new();
    private readonly Lock _lock = new();

    /// <summary>Updates begun less than a minute ago.</summary>
    public int InLastMinute
    {
        get
        {
            lock (_lock)
                return Current();
        }
    }

    /// <summary>
    /// Counts an update that begins now, if one more may. What a gate let pass is still asked here, since two requests can pass a gate
    /// before either has begun.
    /// </summary>
    /// <returns>False when the last minute is full.</returns>
    public bool TryBegin()
    {
        lock (_lock)
        {
            if (Current() >= _perMinute)
                return false;
            _begun.Enqueue(_time.GetTimestamp());
            return true;
        }
    }

    private int Current()
    {
        long now = _time.GetTimestamp();
        while (_begun.TryPeek(out long begun) && _time.GetElapsedTime(begun, now) >= Minute)
            _begun.Dequeue();
        return _begun.Count;
    }
}
