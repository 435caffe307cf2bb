namespace Pixelis.Online.Audit;

/// <summary>How an audited action ended.</summary>
public enum AuditResult
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was not allowed: a gate, a limit, a right.</summary>
    Refused,

    /// <summary>It was tried and failed.</summary>
    Failed,
}
