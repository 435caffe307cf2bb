namespace Pixelis.Rewards;

/// <summary>A term of a reward, with the reward it belongs to.</summary>
/// <param name="Part">Name of the reward; a sum's parts by their own names.</param>
/// <param name="Term">The term, as that reward gave it: before the weight in a sum.</param>
public sealed record ExplainedTerm(string Part, RewardTerm Term);
