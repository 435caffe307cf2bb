namespace Pixelis.Training.Grpo;

/// <summary>
/// What a step's batch amounts to, counted once before it is cut into micro batches: the losses of the parts then sum to that of the whole,
/// however it is cut.
/// </summary>
public sealed record BatchTotals
{
    /// <summary>Sequences of this process's batch, those without a counted token too.</summary>
    public required int Sequences { get; init; }

    /// <summary>Sequences with at least one counted token. The others (cut off and masked, or empty) take no part in a mean over sequences.</summary>
    public required int CountedSequences { get; init; }

    /// <summary>Counted tokens: sampled ones of sequences that are not masked.</summary>
    public required long Tokens { get; init; }

    /// <summary>Processes whose gradients are averaged. Default 1.</summary>
    public int Processes { get; init; } = 1;

    /// <summary>Counted tokens of all processes; null (default) with one process.</summary>
    public long? AllTokens { get; init; }

    /// <summary>Tokens of a process on average: with this divisor the averaged gradients are those of one mean over all tokens.</summary>
    internal double TokensPerProcess => (AllTokens ?? Tokens) / (double)Processes;

    /// <summary>Counts a batch.</summary>
    /// <param name="lengths">Counted tokens of each sequence; 0 for one that is masked or empty.</param>
    public static BatchTotals Of(IEnumerable<int> lengths)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        int[] all = [.. lengths];
        return new BatchTotals { Sequences = all.Length, CountedSequences = all.Count(length => length > 0), Tokens = all.Sum(length => (long)length) };
    }

    /// <summary>Counts a batch of sequences.</summary>
    public static BatchTotals Of(IReadOnlyList<PolicySequence> sequences)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        return Of(sequences.Select(sequence => sequence.CountedTokens));
    }

    /// <summary>Weight in the loss of a token of a sequence that has <paramref name="length"/> counted ones.</summary>
    internal double WeightOf(int length, PolicyLossOptions options) => options.Kind switch
    {
        PolicyLossKind.Grpo or PolicyLossKind.Gspo => 1.0 / ((double)CountedSequences * length),
        PolicyLossKind.Bnpo => 1.0 / Tokens,
        PolicyLossKind.DrGrpo => 1.0 / ((double)Sequences * options.MaxCompletionLength),
        PolicyLossKind.Dapo or PolicyLossKind.Cispo => 1.0 / TokensPerProcess,
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Kind, "A policy loss kind was expected."),
    };
}
