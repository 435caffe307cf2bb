namespace Pixelis.Online.Alerts;

/// <summary>How a measured value is held against a threshold.</summary>
public enum AlertComparison
{
    /// <summary>Greater than the threshold.</summary>
    Above,

    /// <summary>Less than the threshold.</summary>
    Below,

    /// <summary>The threshold or less.</summary>
    AtMost,
}
