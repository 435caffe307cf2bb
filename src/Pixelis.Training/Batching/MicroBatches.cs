namespace Pixelis.Training;

/// <summary>Cuts a batch into what goes through the model at once; gradients of the parts add up.</summary>
internal static class MicroBatches
{
    /// <summary>Consecutive parts of at most so many examples and, padding included, so many tokens; a single example may exceed the latter.</summary>
    /// <param name="batch">Sorted by length, so that parts hold examples of like length.</param>
    /// <param name="maxExamples">0 for no limit.</param>
    /// <param name="maxTokens">0 for no limit.</param>
    public static IEnumerable<IReadOnlyList<PreparedExample>> Of(IReadOnlyList<PreparedExample> batch, int maxExamples, int maxTokens)
    {
        var part = new List<PreparedExample>();
        int longest = 0;
        foreach (PreparedExample example in batch)
        {
            int length = Math.Max(longest, example.Conversation.Length);
            bool isFull = (maxExamples > 0 && part.Count >= maxExamples) || (maxTokens > 0 && (long)length * (part.Count + 1) > maxTokens);
            if (part.Count > 0 && isFull)
            {
                yield return part;
                part = [];
                length = example.Conversation.Length;
            }

            part.Add(example);
            longest = length;
        }

        yield return part;
    }
}
