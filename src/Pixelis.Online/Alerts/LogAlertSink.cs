using Microsoft.Extensions.Logging;

namespace Pixelis.Online.Alerts;

/// <summary>Writes alerts to the log: warnings as warnings, critical ones as such, resolved ones as information.</summary>
internal sealed partial class LogAlertSink : IAlertSink
{
    private readonly ILogger _logger;

    /// <summary>Makes one.</summary>
    public LogAlertSink(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc />
    public ValueTask SendAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        LogLevel level = alert.IsResolved ? LogLevel.Information : alert.Rule.Severity == AlertSeverity.Critical ? LogLevel.Critical : LogLevel.Warning;
        Log(_logger, level, alert);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(EventId = 1, Message = "Alert {Alert}.")]
    private static partial void Log(ILogger logger, LogLevel level, Alert alert);
}
