using Pixelis.Online.Alerts;

namespace Pixelis.Online.Tests.Alerts;

internal sealed class RecordingSink : IAlertSink
{
    public List<Alert> Alerts { get; } = [];

    public Exception? Failure { get; init; }

    public ValueTask SendAsync(Alert alert, CancellationToken cancellationToken = default)
    {
        Alerts.Add(alert);
        return Failure is null ? ValueTask.CompletedTask : ValueTask.FromException(Failure);
    }
}
