namespace Pixelis.Rewards;

/// <summary>What a probe did to the reward of an episode.</summary>
/// <param name="Probe">The probe.</param>
/// <param name="Episode">Which episode it changed.</param>
/// <param name="Before">The reward as it was; null when it could not be measured.</param>
/// <param name="After">The reward of the changed episode among unchanged ones.</param>
/// <param name="Changes">By how much each term of the reward moved, by name; those that did not are left out.</param>
public sealed record ProbeResult(RewardProbe Probe, string Episode, double? Before, double? After, IReadOnlyDictionary<string, double> Changes)
{
    /// <summary>Whether the change pays.</summary>
    public bool Raises => After - Before > 1e-9;
}
