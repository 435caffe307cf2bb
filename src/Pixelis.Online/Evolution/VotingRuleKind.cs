namespace Pixelis.Online;

/// <summary>The rules that settings can name.</summary>
public enum VotingRuleKind
{
    /// <summary><see cref="MajorityVote"/>.</summary>
    Majority,

    /// <summary><see cref="WeightedVote"/>.</summary>
    Weighted,

    /// <summary><see cref="EnsembleVote"/>.</summary>
    Ensemble,
}
