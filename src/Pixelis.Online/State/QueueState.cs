namespace Pixelis.Online.State;

/// <summary>How long a queue is.</summary>
/// <param name="Name">What waits in it, for example <c>updates</c>.</param>
/// <param name="Length">How many, at least 0.</param>
/// <param name="Capacity">The most it takes; null for no bound.</param>
public sealed record QueueState(string Name, long Length, long? Capacity = null);
