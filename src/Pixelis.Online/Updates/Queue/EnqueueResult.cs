namespace Pixelis.Online.Updates;

/// <summary>What became of a task, and how full the queue is.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="Waiting">Tasks that wait now, this one included when it was taken.</param>
/// <param name="Capacity">Most that can wait.</param>
internal readonly record struct EnqueueResult(EnqueueOutcome Outcome, int Waiting, int Capacity)
{
    /// <summary>Whether it was taken.</summary>
    public bool IsAccepted => Outcome == EnqueueOutcome.Accepted;

    /// <summary>In words.</summary>
    public string Reason => Outcome switch
    {
        EnqueueOutcome.Accepted => $"{Waiting} of {Capacity} wait",
        EnqueueOutcome.Full => $"{Capacity} updates wait already; the experience stays in the buffer",
        _ => "the queue takes no more; the experience stays in the buffer",
    };
}
