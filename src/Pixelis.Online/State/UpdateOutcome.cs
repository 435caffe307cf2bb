namespace Pixelis.Online.State;

/// <summary>How an update ended, as <see cref="Metrics.OnlineInstruments.Updates"/> counts it.</summary>
public enum UpdateOutcome
{
    /// <summary>The policy changed.</summary>
    Applied,

    /// <summary>A limit refused it: KL, rate, a gate.</summary>
    Refused,

    /// <summary>It could not be made.</summary>
    Failed,
}
