namespace Pixelis.Online.Metrics;

/// <summary>
/// The names under which learning while serving is measured, on the meter <c>Pixelis</c>. Units stand with each; none of the measurements holds
/// content, a person or a tenant.
/// </summary>
public static class OnlineInstruments
{
    /// <summary>Counter, requests: answered requests, by <see cref="OutcomeTag"/>.</summary>
    public const string Requests = "pixelis.online.requests";

    /// <summary>Histogram, seconds: from a request to its answer.</summary>
    public const string RequestDuration = "pixelis.online.request.duration";

    /// <summary>Counter, updates: updates of the policy, by <see cref="OutcomeTag"/> (<c>applied</c>, <c>silent</c>, <c>refused</c>, <c>failed</c>).</summary>
    public const string Updates = "pixelis.online.updates";

    /// <summary>Histogram, nats a token: KL of an update, old policy to new.</summary>
    public const string UpdateKl = "pixelis.online.update.kl";

    /// <summary>Counter, operations: operations of the neighbour index, by <see cref="OutcomeTag"/>.</summary>
    public const string IndexOperations = "pixelis.online.index.operations";

    /// <summary>Gauge, 0 to 1: how full the queue of updates is.</summary>
    public const string QueueFill = "pixelis.online.queue.fill";

    /// <summary>Counter, updates: updates that the queue did not take, by <see cref="OutcomeTag"/> (<c>full</c>, <c>closed</c>).</summary>
    public const string QueueRefusals = "pixelis.online.queue.refusals";

    /// <summary>Counter, versions: attempts to publish one, by <see cref="OutcomeTag"/> (<c>published</c>, <c>kept</c> in shadow mode, <c>rejected</c> by the canary, <c>failed</c>, <c>rolled_back</c>).</summary>
    public const string Releases = "pixelis.online.releases";

    /// <summary>Gauge, experiences: experiences in the buffer.</summary>
    public const string Experiences = "pixelis.online.experiences";

    /// <summary>Gauge, 0 to 1: memory of the process over what it may use.</summary>
    public const string MemoryShare = "pixelis.online.memory.share";

    /// <summary>Counter, findings: personal data taken out of text, by <see cref="CategoryTag"/>.</summary>
    public const string Redactions = "pixelis.privacy.redactions";

    /// <summary>Counter, entries: audit entries that were written.</summary>
    public const string AuditEntries = "pixelis.audit.entries";

    /// <summary>Counter, entries: audit entries that could not be written.</summary>
    public const string AuditFailures = "pixelis.audit.failures";

    /// <summary>Counter, alerts: raised alerts, by <see cref="RuleTag"/> and <see cref="SeverityTag"/>.</summary>
    public const string Alerts = "pixelis.alerts";

    /// <summary>How it ended, in one word.</summary>
    public const string OutcomeTag = "pixelis.outcome";

    /// <summary>Kind of personal data, in lower case.</summary>
    public const string CategoryTag = "pixelis.category";

    /// <summary>Name of an alert's rule.</summary>
    public const string RuleTag = "pixelis.rule";

    /// <summary>How bad an alert is, in lower case.</summary>
    public const string SeverityTag = "pixelis.severity";
}
