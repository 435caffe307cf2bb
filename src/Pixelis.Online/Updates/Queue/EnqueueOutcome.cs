namespace Pixelis.Online.Updates;

/// <summary>What became of a task that was offered.</summary>
internal enum EnqueueOutcome
{
    /// <summary>It waits for its turn.</summary>
    Accepted,

    /// <summary>The queue is full: learning does not keep up. The task was not taken.</summary>
    Full,

    /// <summary>Nothing is learnt any more, or not in this mode. The task was not taken.</summary>
    Closed,
}
