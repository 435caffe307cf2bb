namespace Pixelis.Rewards;

/// <summary>A named part of a reward.</summary>
/// <param name="Name">What it is for: a short name in lower case that is the same in every episode, since logs are kept by it.</param>
/// <param name="Value">What it adds to the total; finite. 0 for a term that only says something.</param>
/// <param name="Reason">Why, for people; null when the name says it.</param>
/// <param name="Turn">Index in <see cref="Trajectories.Trajectory.Turns"/> of the turn it is about; null for the episode as a whole.</param>
public sealed record RewardTerm(string Name, double Value, string? Reason = null, int? Turn = null)
{
    /// <summary>What it adds to the total; finite.</summary>
    public double Value { get; } = double.IsFinite(Value)
        ? Value
        : throw new ArgumentOutOfRangeException(nameof(Value), Value, $"Term '{Name}' of a reward must be a finite number.");
}
