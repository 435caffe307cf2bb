namespace TorchSharp;

/// <summary>Counts of one kind of disposable object on one thread.</summary>
public class LifetimeStatistics
{
    /// <summary>Created outside scopes.</summary>
    public long CreatedOutsideScopeCount { get; internal set; }

    /// <summary>Disposed outside scopes.</summary>
    public long DisposedOutsideScopeCount { get; internal set; }

    /// <summary>Created inside scopes.</summary>
    public long CreatedInScopeCount { get; internal set; }

    /// <summary>Disposed inside scopes.</summary>
    public long DisposedInScopeCount { get; internal set; }

    /// <summary>Attached to a scope.</summary>
    public long AttachedToScopeCount { get; internal set; }

    /// <summary>Detached from all scopes.</summary>
    public long DetachedFromScopeCount { get; internal set; }

    /// <summary>Created minus disposed.</summary>
    public long ThreadTotalLiveCount =>
        CreatedInScopeCount + CreatedOutsideScopeCount - DisposedInScopeCount - DisposedOutsideScopeCount;

    /// <summary>Sets every count to zero.</summary>
    public void Reset()
    {
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = DisposedInScopeCount = 0;
        AttachedToScopeCount = DetachedFromScopeCount = 0;
    }

    /// <inheritdoc />
    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; "
        + $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; "
        + $"DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; "
        + $"DetachedFromScopeCount: {DetachedFromScopeCount}";
}
