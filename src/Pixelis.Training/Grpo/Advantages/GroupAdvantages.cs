namespace Pixelis.Training.Grpo;

/// <summary>Advantages of a group.</summary>
/// <param name="Values">One a trajectory; 0 where the reward is not known, and everywhere unless <see cref="Signal"/> is <see cref="GroupSignal.Varied"/>.</param>
/// <param name="Signal">What the group had to say; report groups that had nothing.</param>
/// <param name="Rewards">Weighted sums of the terms, one a trajectory; null where not known.</param>
public sealed record GroupAdvantages(IReadOnlyList<double> Values, GroupSignal Signal, IReadOnlyList<double?> Rewards)
{
    /// <summary>Mean of the known rewards; null when none is.</summary>
    public double? Mean { get; init; }

    /// <summary>Standard deviation (n - 1) of the known rewards; null when fewer than two are.</summary>
    public double? Deviation { get; init; }

    /// <summary>Trajectories to which no term applied.</summary>
    public int Unscored { get; init; }

    /// <summary>Trajectories of which a term was not a finite number. They lose their turn, no one else does; report them.</summary>
    public int Failed { get; init; }

    /// <summary>Whether something can be learnt.</summary>
    public bool HasSignal => Signal == GroupSignal.Varied;
}
