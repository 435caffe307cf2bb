namespace Pixelis.Training;

/// <summary>Consecutive examples of a stream, cut into batches of similar length.</summary>
/// <param name="Start">Where it begins in the stream.</param>
/// <param name="Batches">The batches in the order of training; within each the shortest example comes first.</param>
/// <param name="Skipped">What could not be prepared, as messages.</param>
internal sealed record BatchWindow(DataCursor Start, IReadOnlyList<IReadOnlyList<PreparedExample>> Batches, IReadOnlyList<string> Skipped)
{
    /// <summary>Sorts by length, cuts, and puts the batches into a seeded order: neighbours in length share a batch, and long batches come at any time.</summary>
    public static BatchWindow Of(DataCursor start, IReadOnlyList<PreparedExample> examples, IReadOnlyList<string> skipped, int batchSize, ulong seed)
    {
        PreparedExample[] sorted = [.. examples.OrderBy(e => e.Conversation.Length)]; // a stable sort: equal lengths stay in stream order
        IReadOnlyList<PreparedExample>[] batches = [.. sorted.Chunk(batchSize)];
        SeededNumbers.Shuffle(batches, SeededNumbers.Hash(seed, (ulong)start.Position, (ulong)start.Stage));
        return new BatchWindow(start, batches, skipped);
    }
}
