using Pixelis.Serving.Errors;
using Pixelis.Serving.Health;

namespace Pixelis.Serving.Admission;

/// <summary>
/// How many requests are in the house: some run, some wait for their turn in the order they came, and whoever comes on top is sent away at once, before
/// its body is read.
/// </summary>
internal sealed class EpisodeSlots(ServingSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _free = new(settings.Options.MaxEpisodes);
    private readonly int _capacity = settings.Options.MaxEpisodes + settings.Options.MaxWaiting;
    private int _inside;
    private int _running;
    private long _meanTicks;

    public int Running => Volatile.Read(ref _running);

    public int Waiting => Math.Max(0, Volatile.Read(ref _inside) - Running);

    /// <exception cref="ApiException">The house is full.</exception>
    public EpisodeSlot Enter()
    {
        if (Interlocked.Increment(ref _inside) <= _capacity)
            return new EpisodeSlot(this);
        Interlocked.Decrement(ref _inside);
        throw new ApiException(429, $"The server answers {settings.Options.MaxEpisodes} requests and {settings.Options.MaxWaiting} wait; try again later.", code: "server_busy")
        {
            RetryAfter = Wait,
        };
    }

    public void Dispose() => _free.Dispose();

    // How long it takes until the queue has moved on, as far as one can tell from the episodes before: 1 to 60 s.
    private TimeSpan Wait => TimeSpan.FromTicks(Math.Clamp(
        Volatile.Read(ref _meanTicks) * (settings.Options.MaxWaiting + 1) / settings.Options.MaxEpisodes, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        Interlocked.Increment(ref _running);
        ServingMetrics.Running.Add(1);
    }

    internal void Leave(TimeSpan? ran)
    {
        if (ran is { } duration)
        {
            long mean = Volatile.Read(ref _meanTicks); // two that end together may lose one of them: it is an estimate
            Volatile.Write(ref _meanTicks, mean == 0 ? duration.Ticks : (7 * mean + duration.Ticks) / 8);
            Interlocked.Decrement(ref _running);
            ServingMetrics.Running.Add(-1);
            _free.Release();
        }
        Interlocked.Decrement(ref _inside);
    }
}
