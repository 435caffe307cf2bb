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
        int longest = 0;
        long sum = 0;
        foreach (PreparedExample example in batch)
        {
            int length = example.Conversation.Length;
            long tokens = options.Packing ? sum + length : (long)Math.Max(longest, length) * (part.Count + 1);
            bool isFull = (options.MicroBatchSize > 0 && part.Count >= options.MicroBatchSize) || (options.MicroBatchTokens > 0 && tokens > options.MicroBatchTokens);
            if (part.Count > 0 && isFull)
            {
                yield return part;
                (part, longest, sum) = ([], 0, 0);
            }

            part.Add(example);
            (longest, sum) = (Math.Max(longest, length), sum + length);
        }

        yield return part;
    }
}
