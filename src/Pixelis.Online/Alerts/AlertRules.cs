namespace Pixelis.Online.Alerts;

/// <summary>The rules that hold unless others are given, and the metrics they watch.</summary>
internal static class AlertRules
{
    /// <summary>Updates of the policy a second, over some seconds; at least 1 while nothing waits to be learnt.</summary>
    public const string UpdateRate = "update_rate";

    /// <summary>Share of the uses of the memory and its index that failed, 0 to 1.</summary>
    public const string IndexFailureShare = "index_failure_share";

    /// <summary>KL a token between the old policy and the new, in nats.</summary>
    public const string UpdateKl = "update_kl";

    /// <summary>How full the queue of updates is, 0 to 1.</summary>
    public const string QueueFill = "queue_fill";

    /// <summary>Memory of the process over what it may use, 0 to 1.</summary>
    public const string MemoryShare = "memory_share";

    /// <summary>Time that 99 of 100 requests took at most, in seconds.</summary>
    public const string LatencyP99 = "latency_p99";

    /// <summary>1 when the canary found a version worse than it may be, 0 when one was good.</summary>
    public const string CanaryRejected = "canary_rejected";

    /// <summary>1 when learning failed too often and was given up, else 0.</summary>
    public const string LearningStopped = "learning_stopped";

    /// <summary>1 when a part of the memory failed behind an answer, 0 when all parts work again.</summary>
    public const string MemoryFailed = "memory_failed";

    /// <summary>
    /// No update for 600 s although some wait; more than a tenth of index operations failed (critical); KL above 0.2; queue more than 90 % full; more than 90 % of
    /// memory (critical); a p99 latency above 2 s; a version
    /// that the canary rejected (critical); learning that was given up (critical); a part of the memory that
    /// failed (critical).
    /// </summary>
    public static IReadOnlyList<AlertRule> Default { get; } =
    [
        new() { Name = "no-updates", Metric = UpdateRate, Comparison = AlertComparison.AtMost, Threshold = 0, Window = TimeSpan.FromSeconds(600) },
        new() { Name = "index-failures", Metric = IndexFailureShare, Threshold = 0.1, Severity = AlertSeverity.Critical },
        new() { Name = "kl-too-large", Metric = UpdateKl, Threshold = 0.2 },
        new() { Name = "queue-full", Metric = QueueFill, Threshold = 0.9 },
        new() { Name = "memory-full", Metric = MemoryShare, Threshold = 0.9, Severity = AlertSeverity.Critical },
        new() { Name = "slow-answers", Metric = LatencyP99, Threshold = 2 },
        new() { Name = "canary-rejected", Metric = CanaryRejected, Threshold = 0, Severity = AlertSeverity.Critical },
        new() { Name = "learning-stopped", Metric = LearningStopped, Threshold = 0, Severity = AlertSeverity.Critical },
        new() { Name = "memory-failed", Metric = MemoryFailed, Threshold = 0, Severity = AlertSeverity.Critical },
    ];
}
