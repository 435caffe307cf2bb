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
    public static IEnumerable<IReadOnlyList<PreparedExample>> Of(IReadOnlyList<PreparedExample> batch, SftDataOptions options) =>
        Of(batch, example => example.Conversation.Length, options.MicroBatchSize, options.MicroBatchTokens, options.Packing);

    /// <summary>The same for anything that has a length in tokens.</summary>
    /// <param name="batch">Sorted by length.</param>
    /// <param name="lengthOf">Tokens of an item.</param>
    /// <param name="maxSize">Most items of a part; 0 for no limit.</param>
    /// <param name="maxTokens">Most tokens of a part; 0 for no limit.</param>
    /// <param name="packing">Whether a part has no padding.</param>
    public static IEnumerable<IReadOnlyList<T>> Of<T>(IReadOnlyList<T> batch, Func<T, int> lengthOf, int maxSize, int maxTokens, bool packing)
    {
        var part = new List<T>();
        int longest = 0;
        long sum = 0;
        foreach (T item in batch)
        {
            int length = lengthOf(item);
            long tokens = packing ? sum + length : (long)Math.Max(longest, length) * (part.Count + 1);
            bool isFull = (maxSize > 0 && part.Count >= maxSize) || (maxTokens > 0 && tokens > maxTokens);
            if (part.Count > 0 && isFull)
            {
                yield return part;
                (part, longest, sum) = ([], 0, 0);
            }

            part.Add(item);
            (longest, sum) = (Math.Max(longest, length), sum + length);
        }

        if (part.Count > 0)
            yield return part;
    }
}
