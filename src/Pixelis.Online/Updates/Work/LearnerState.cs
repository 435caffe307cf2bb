using Pixelis.Training;
using Pixelis.Training.Grpo;

namespace Pixelis.Online.Updates;

/// <summary>What learns, what it is held near, and what it learnt since the last good version. Used by one thread at a time.</summary>
internal sealed class LearnerState(TrainedPolicy policy, UpdateSafetyOptions safety) : IDisposable
{
    private readonly SortedSet<long> _learnt = [];
    private ReferencePolicy? _reference;
    private double _klSum, _agreementSum;

    public TrainedPolicy Policy => policy;

    public ReferencePolicy Reference => _reference ?? throw new InvalidOperationException("Learning has not begun; call UpdateWorker.BeginAsync first.");

    public WindowedKlController Kl { get; } = new(safety);

    /// <summary>Updates applied since the process began.</summary>
    public long Updates { get; private set; }

    /// <summary>Updates applied since the last good version.</summary>
    public int SinceRelease { get; private set; }

    /// <summary>Experiences learnt from since then.</summary>
    public IReadOnlyCollection<long> Learnt => _learnt;

    /// <summary>Means since then, by name.</summary>
    public Dictionary<string, double> Metrics => new()
    {
        ["updates"] = SinceRelease,
        ["updates.total"] = Updates,
        ["kl"] = SinceRelease == 0 ? 0 : _klSum / SinceRelease,
        ["agreement"] = SinceRelease == 0 ? 0 : _agreementSum / SinceRelease,
        ["kl.coefficient"] = Kl.Coefficient,
    };

    /// <summary>Counts an update that stays.</summary>
    public void Count(UpdateOutcome outcome)
    {
        policy.MoveAverage(safety.Decay);
        Kl.Update(outcome.Kl ?? 0, outcome.Tasks.Sum(t => t.Episodes.Count));
        _learnt.UnionWith(outcome.Experiences);
        (Updates, SinceRelease) = (Updates + 1, SinceRelease + 1);
        _klSum += outcome.Kl ?? 0;
        _agreementSum += outcome.Measures?.Agreement ?? 0;
    }

    /// <summary>The average is a good version: it is what the policy is held near from now on.</summary>
    public void Settle()
    {
        _reference?.Dispose();
        _reference = null;
        using (policy.UseAverage())
            _reference = ReferencePolicy.For(policy.Model, policy.Adapters);
        _learnt.Clear();
        (SinceRelease, _klSum, _agreementSum) = (0, 0, 0);
    }

    /// <summary>Goes on from a version: what was learnt after it is gone.</summary>
    public void GoOnFrom(PolicyVersion version)
    {
        policy.Load(version.WeightsFolder);
        Kl.Forget();
        Settle();
    }

    public void Dispose() => _reference?.Dispose();
}
