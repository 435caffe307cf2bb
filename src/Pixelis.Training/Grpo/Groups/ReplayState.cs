namespace Pixelis.Training.Grpo;

/// <summary>What a replay buffer must remember to go on exactly.</summary>
/// <typeparam name="T">What is replayed.</typeparam>
/// <param name="Entries">The samples held, the oldest first.</param>
/// <param name="Draws">Samples drawn so far.</param>
public sealed record ReplayState<T>(IReadOnlyList<ReplayEntry<T>> Entries, long Draws);
