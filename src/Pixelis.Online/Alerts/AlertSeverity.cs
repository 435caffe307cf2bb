namespace Pixelis.Online.Alerts;

/// <summary>How bad it is.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody should look today.</summary>
    Warning,

    /// <summary>Somebody should look now.</summary>
    Critical,
}
