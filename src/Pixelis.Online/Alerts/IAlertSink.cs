namespace Pixelis.Online.Alerts;

/// <summary>Where alerts go. Implementations are thread-safe; what they throw is logged and goes no further.</summary>
public interface IAlertSink
{
    /// <summary>Tells somebody.</summary>
    ValueTask SendAsync(Alert alert, CancellationToken cancellationToken = default);
}
