namespace Pixelis.Online.Health;

/// <summary>How a part is.</summary>
public enum HealthState
{
    /// <summary>It works.</summary>
    Healthy,

    /// <summary>It works with less than it should: answers are served, something behind them is not right.</summary>
    Degraded,

    /// <summary>It does not work.</summary>
    Unhealthy,
}
