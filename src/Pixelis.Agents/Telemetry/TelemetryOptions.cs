namespace Pixelis.Agents;

/// <summary>What an agent reports to OpenTelemetry.</summary>
public sealed class TelemetryOptions
{
    /// <summary>
    /// Whether spans carry what was asked, written, and passed to and from tools (never pixels). Default false: spans, metrics and logs
    /// then hold names, counts and times only.
    /// </summary>
    public bool RecordContent { get; set; }
}
