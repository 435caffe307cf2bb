namespace Pixelis.Training;

/// <summary>How examples become batches.</summary>
public sealed record SftDataOptions
{
    /// <summary>Examples of an optimizer step. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Most examples that go through the model at once; their gradients add up to those of the batch. Default 0: no limit.</summary>
    public int MicroBatchSize { get; init; }

    /// <summary>Most tokens, padding (without <see cref="Packing"/>) included, that go through the model at once. Default 0: no limit.</summary>
    public int MicroBatchTokens { get; init; }

    /// <summary>
    /// Whether what goes through the model at once stands one after another in one row, each conversation for itself, instead of side by side with
    /// padding: the same losses but for rounding. Default false.
    /// </summary>
    public bool Packing { get; init; }

    /// <summary>Batches that are sorted by length together, so that a batch holds examples of like length. Default 4; 1 sorts within a batch only.</summary>
    public int BucketBatches { get; init; } = 4;

    /// <summary>Longest example in tokens; longer ones are bad. Default 4096.</summary>
    public int MaxTokens { get; init; } = 4096;

    /// <summary>Whether examples that cannot be prepared are passed over and counted, or end the run. Default true: passed over.</summary>
    public bool SkipsBadExamples { get; init; } = true;

    /// <summary>Threads that prepare examples beside the one that trains. Default 1. Does not change results.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Windows of <see cref="BucketBatches"/> batches that are kept ready. Default 2. Does not change results.</summary>
    public int WindowsAhead { get; init; } = 2;

    /// <summary>Seed of the order of batches. Default 0.</summary>
    public ulong Seed { get; init; }

    internal int WindowSize => checked(BatchSize * BucketBatches);

    internal void Validate()
    {
        OptionCheck.AtLeast(BatchSize, 1, nameof(BatchSize));
        OptionCheck.AtLeast(MicroBatchSize, 0, nameof(MicroBatchSize));
        OptionCheck.AtLeast(MicroBatchTokens, 0, nameof(MicroBatchTokens));
        OptionCheck.AtLeast(BucketBatches, 1, nameof(BucketBatches));
        OptionCheck.AtLeast(MaxTokens, 2, nameof(MaxTokens));
        OptionCheck.AtLeast(Workers, 1, nameof(Workers));
        OptionCheck.AtLeast(WindowsAhead, 1, nameof(WindowsAhead));
    }
}
