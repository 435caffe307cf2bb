using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pixelis.Online.Alerts;
using Pixelis.Online.Health;

namespace Pixelis.Online.Updates;

/// <summary>
/// An update worker as a hosted service: <c>services.AddHostedService(_ => new UpdateService(worker))</c>. A worker that fails is started again; one
/// that was given up leaves the host and what it serves running, and is unhealthy.
/// </summary>
internal sealed class UpdateService : BackgroundService
{
    private readonly UpdateWorker _worker;
    private readonly Supervisor _supervisor;
    private readonly AlertMonitor? _alerts;

    /// <summary>Makes the service.</summary>
    /// <param name="worker">The worker. Not owned.</param>
    /// <param name="options">How often it is started again; null for the defaults.</param>
    /// <param name="alerts">Hears when it is given up; null for nobody.</param>
    /// <param name="time">What tells the time; null for the system's.</param>
    /// <param name="logger">Where failures are logged; null for nowhere.</param>
    public UpdateService(UpdateWorker worker, SupervisorOptions? options = null, AlertMonitor? alerts = null, TimeProvider? time = null, ILogger? logger = null)
    {
        ArgumentNullException.ThrowIfNull(worker);
        (_worker, _alerts) = (worker, alerts);
        _supervisor = new Supervisor("updates", worker.RunAsync, options, time, logger);
    }

    /// <summary>How learning is: the supervisor's word when it is not well, else the worker's.</summary>
    public ComponentHealth Health => _supervisor.Health is { State: not HealthState.Healthy } unwell ? unwell : _worker.Health;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool isWell = await _supervisor.RunAsync(stoppingToken).ConfigureAwait(false);
        if (_alerts is not null)
            await _alerts.ObserveAsync(AlertRules.LearningStopped, isWell ? 0 : 1, stoppingToken).ConfigureAwait(false);
    }
}
