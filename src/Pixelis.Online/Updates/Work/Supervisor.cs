using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pixelis.Online.Health;

namespace Pixelis.Online.Updates;

/// <summary>Starts something again when it fails, after longer and longer waits, and gives it up when that does not help. Thread-safe.</summary>
internal sealed partial class Supervisor
{
    private readonly Lock _lock = new();
    private readonly string _name;
    private readonly Func<CancellationToken, Task> _run;
    private readonly SupervisorOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ComponentHealth _health;

    /// <summary>Makes one that has started nothing.</summary>
    /// <param name="name">What is supervised, for health and logs.</param>
    /// <param name="run">Runs it; it can be started again after it failed.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="time">What tells the time and waits; null for the system's.</param>
    /// <param name="logger">Where failures are logged; null for nowhere.</param>
    public Supervisor(string name, Func<CancellationToken, Task> run, SupervisorOptions? options = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        (_name, _run, _options) = (name, run, options ?? new SupervisorOptions());
        _options.Check();
        _time = time ?? TimeProvider.System;
        _logger = logger ?? NullLogger.Instance;
        _health = new ComponentHealth(name, HealthState.Healthy);
    }

    /// <summary>How it is: degraded while it waits to be started again, unhealthy once it was given up.</summary>
    public ComponentHealth Health
    {
        get
        {
            lock (_lock)
                return _health;
        }
    }

    /// <summary>Runs it until it ends by itself, is cancelled, or is given up.</summary>
    /// <returns>False when it was given up.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<bool> RunAsync(CancellationToken cancellationToken = default)
    {
        int failures = 0;
        while (true)
        {
            long began = _time.GetTimestamp();
            try
            {
                await _run(cancellationToken).ConfigureAwait(false);
                Say(HealthState.Healthy, "");
                return true;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                failures = _time.GetElapsedTime(began) >= _options.SteadyAfter ? 1 : failures + 1;
                Failed(_logger, _name, failures, e.GetType().FullName, e.StackTrace); // its message may quote what a request said
                if (failures > _options.MaxRestarts)
                {
                    Say(HealthState.Unhealthy, $"it failed {failures} times in a row, the last time with {e.GetType().Name}, and was given up; see the log, and restart the process");
                    return false;
                }
                TimeSpan wait = _options.DelayOf(failures);
                Task over = Task.Delay(wait, _time, cancellationToken); // before it is told, so that who hears of it finds the clock running
                Say(HealthState.Degraded, FormattableString.Invariant($"it failed with {e.GetType().Name} and is started again after {wait.TotalSeconds:G6} s ({failures} of {_options.MaxRestarts})"));
                await over.ConfigureAwait(false);
                Say(HealthState.Healthy, "");
            }
        }
    }

    private void Say(HealthState state, string reason)
    {
        lock (_lock)
            _health = new ComponentHealth(_name, state, reason);
    }

    [LoggerMessage(1, LogLevel.Error, "{Name} failed ({Failures} in a row) with {Type}\n{Stack}")]
    private static partial void Failed(ILogger logger, string name, int failures, string? type, string? stack);
}
