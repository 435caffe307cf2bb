using System.Globalization;
using Pixelis.Online.Alerts;
using Pixelis.Online.Audit;
using Pixelis.Online.Metrics;
using Pixelis.Training;
using Pixelis.Training.Grpo;
using Pixelis.Trajectories;

namespace Pixelis.Online.Updates;

/// <summary>One update: learn, measure how far that went, and keep it or put everything back. Used by one thread at a time.</summary>
internal sealed class PolicyUpdater(UpdateWorkerParts parts, UpdateOptions options, LearnerState state)
{
    private readonly ILearningRatePolicy _rates = parts.Rates ?? LearningRatePolicy.ByConfidence();
    private readonly PolicyDivergence _divergence = new(parts.Policy, parts.Processor, new TokenScoringOptions { MicroBatchSize = 0, MicroBatchTokens = 8192 });
    private int _blockedInARow;

    /// <summary>Makes an update. Whatever is thrown, weights, optimizer and average are as they were before.</summary>
    /// <exception cref="UnlearnableTaskException">The tasks cannot be learnt from.</exception>
    public UpdateOutcome Apply(IReadOnlyList<UpdateTask> tasks, CancellationToken cancellationToken)
    {
        double rate = tasks.Average(t => t.LearningRate ?? _rates.At(t.Confidence, state.Updates));
        var step = new UpdateStep(rate, state.Kl.Coefficient, state.Reference, state.Updates);
        using PolicySnapshot before = parts.Policy.Capture();
        UpdateOutcome outcome;
        try
        {
            outcome = Learn(tasks, step, cancellationToken);
            if (outcome.Kind != UpdateKind.Applied)
                parts.Policy.Restore(before);
            Record(outcome); // an update that cannot be put on record does not stay
            if (outcome.Kind == UpdateKind.Applied)
                state.Count(outcome);
        }
        catch
        {
            parts.Policy.Restore(before);
            throw;
        }
        FallBackAfter(outcome);
        Measure(outcome);
        return outcome;
    }

    /// <summary>Puts on record that tasks were set aside.</summary>
    public void RecordSetAside(UpdateOutcome outcome)
    {
        Write(outcome, "set-aside", AuditResult.Failed, "FAILED");
        OnlineMetrics.Updates.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, "failed"));
    }

    private UpdateOutcome Learn(IReadOnlyList<UpdateTask> tasks, UpdateStep step, CancellationToken cancellationToken)
    {
        UpdateOutcome Outcome(UpdateKind kind, string reason, UpdateMeasures measures, double? kl = null) => new(kind, tasks, reason)
        {
            Number = step.Number, LearningRate = step.LearningRate, KlCoefficient = step.KlCoefficient, Kl = kl, Measures = measures,
        };
        try
        {
            UpdateMeasures measures = parts.Objective.Update(tasks, step, cancellationToken);
            if (measures.Fault is { } fault)
                return Outcome(UpdateKind.NotFinite, fault, measures);
            if (!measures.HasChanged)
                return Outcome(UpdateKind.Silent, "the task had nothing to say", measures);
            Trajectory[] episodes = [.. tasks.SelectMany(t => t.Episodes)];
            double kl = _divergence.Measure(step.Reference, episodes, cancellationToken);
            if (!double.IsFinite(kl))
                return Outcome(UpdateKind.NotFinite, "the divergence after it is not a finite number", measures, kl);
            return kl > options.Safety.KlLimit
                ? Outcome(UpdateKind.Blocked, FormattableString.Invariant($"the divergence after it is {kl:G4} nats a token; at most {options.Safety.KlLimit:G4} is allowed"), measures, kl)
                : Outcome(UpdateKind.Applied, FormattableString.Invariant($"the divergence after it is {kl:G4} nats a token"), measures, kl);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnlearnableTaskException(e);
        }
    }

    // At the limit, whatever is learnt next goes beyond it: the average is nearer to the last good version.
    private void FallBackAfter(UpdateOutcome outcome)
    {
        _blockedInARow = outcome.Kind == UpdateKind.Blocked ? _blockedInARow + 1 : 0;
        if (_blockedInARow < options.MaxBlockedInARow)
            return;
        _blockedInARow = 0;
        Append("fall-back", AuditResult.Success, new() { ["reason"] = $"{options.MaxBlockedInARow} updates in a row were undone" }, outcome.Number);
        parts.Policy.FallBackToAverage();
    }

    private void Measure(UpdateOutcome outcome)
    {
        string told = outcome.Kind switch { UpdateKind.Applied => "applied", UpdateKind.Silent => "silent", _ => "refused" };
        OnlineMetrics.Updates.Add(1, new KeyValuePair<string, object?>(OnlineInstruments.OutcomeTag, told));
        if (outcome.Kl is not { } kl || !double.IsFinite(kl))
            return;
        OnlineMetrics.UpdateKl.Record(kl);
        if (parts.Alerts is { } alerts)
            alerts.ObserveAsync(AlertRules.UpdateKl, kl).AsTask().GetAwaiter().GetResult();
    }

    private void Record(UpdateOutcome outcome)
    {
        if (outcome.Kind == UpdateKind.Applied)
            Write(outcome, "apply", AuditResult.Success, "APPLIED");
        else if (outcome.Kind != UpdateKind.Silent)
            Write(outcome, "apply", AuditResult.Refused, outcome.Kind == UpdateKind.Blocked ? "BLOCKED" : "NOT_FINITE");
    }

    private void Write(UpdateOutcome outcome, string action, AuditResult result, string status)
    {
        var facts = new Dictionary<string, string>
        {
            ["status"] = status,
            ["objective"] = parts.Objective.Name,
            ["experiences"] = AuditNumbers.Of(outcome.Experiences),
            ["tenants"] = string.Join(' ', outcome.Tasks.Select(t => t.Tenant).Distinct().Order(StringComparer.Ordinal).Take(20)),
            ["learning_rate"] = Number(outcome.LearningRate),
        };
        if (outcome.Kind != UpdateKind.Failed)
            facts["reason"] = outcome.Reason; // of a failure it may quote what was asked, which does not belong here
        if (outcome.Kl is { } kl)
            facts["kl"] = Number(kl);
        if (outcome.Measures is { } measures)
            (facts["loss"], facts["gradient_norm"], facts["agreement"]) = (Number(measures.Loss), Number(measures.GradientNorm), Number(measures.Agreement));
        Append(action, result, facts, outcome.Number);
    }

    private void Append(string action, AuditResult result, Dictionary<string, string> facts, long number)
    {
        if (parts.Audit is not { } audit)
            return;
        string resource = string.Create(CultureInfo.InvariantCulture, $"update {number} of {parts.Versions.Learning?.Id}");
        var entry = new AuditEntry { Type = "update", Actor = "update-worker", Action = action, Resource = resource, Result = result, Metadata = facts };
        audit.AppendAsync(entry, CancellationToken.None).GetAwaiter().GetResult();
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
