namespace Pixelis.Training;

/// <summary>Cuts a batch into what goes through the model at once; gradients of the parts add up.</summary>
internal static class MicroBatches
{
    /// <summary>
    /// Consecutive parts of at most <see cref="SftDataOptions.MicroBatchSize"/> examples and <see cref="SftDataOptions.MicroBatchTokens"/> tokens
    /// (padding included where there is some); a single example may exceed the latter. 0 stands for no limit.
    /// </summary>
    /// <param name="batch">Sorted by length, so that parts hold examples of like length.</param>
    /// <param name="options">The limits.</param>
    public static IEnumerable<IReadOnlyList<PreparedExample>> Of(IReadOnlyList<PreparedExample> batch, SftDataOptions options)
    {
        var part = new List<PreparedExample>();
        foreach (PreparedExample example in batch)
        {
            bool isFull = (options.MicroBatchSize > 0 && part.Count >= options.MicroBatchSize)
                || (options.MicroBatchTokens > 0 && Tokens([.. part, example], options.Packing) > options.MicroBatchTokens);
            if (part.Count > 0 && isFull)
            {
                yield return part;
                part = [];
            }

            part.Add(example);
        }

        yield return part;
    }

    private static long Tokens(List<PreparedExample> part, bool packing) => packing
        ? part.Sum(e => (long)e.Conversation.Length)
        : (long)part.Max(e => e.Conversation.Length) * part.Count;
}
