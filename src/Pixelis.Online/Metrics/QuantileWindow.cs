namespace Pixelis.Online.Metrics;

/// <summary>Quantiles of the last values, for alerts: exact over what it holds, in memory of fixed size. Thread-safe.</summary>
/// <param name="capacity">Most values that are kept, at least 1; the oldest goes first.</param>
/// <param name="span">How long a value counts.</param>
/// <param name="timeProvider">Null for the system's clock.</param>
internal sealed class QuantileWindow(int capacity, TimeSpan span, TimeProvider? timeProvider = null)
{
    private readonly Lock _lock = new();
    private readonly (DateTimeOffset Time, double Value)[] _values = new (DateTimeOffset, double)[capacity];
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private long _count;

    public void Add(double value)
    {
        lock (_lock)
            _values[_count++ % capacity] = (_time.GetUtcNow(), value);
    }

    /// <summary>The smallest value that a share of the values does not exceed (nearest rank); not a number when there is none.</summary>
    /// <param name="share">Above 0, at most 1: 0.99 for the p99.</param>
    public double Quantile(double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        double[] current;
        lock (_lock)
        {
            DateTimeOffset from = _time.GetUtcNow() - span;
            current = [.. _values.Take((int)Math.Min(_count, capacity)).Where(v => v.Time >= from).Select(v => v.Value)];
        }
        if (current.Length == 0)
            return double.NaN;
        Array.Sort(current);
        return current[(int)Math.Ceiling(share * current.Length) - 1];
    }
}
