namespace Pixelis.Data;

/// <summary>The parts of PixelBench. Their seeds are disjoint by construction.</summary>
public enum PixelBenchSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose settings by.</summary>
    Validation,

    /// <summary>To report.</summary>
    Test,
}
