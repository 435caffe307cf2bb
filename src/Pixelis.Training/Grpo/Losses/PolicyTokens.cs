using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>
/// The counted tokens of a micro batch, sequence after sequence: what <see cref="PolicyLoss"/> reads. Injected tokens are not in it, so that
/// nothing can count them. Sequences are whole: a micro batch cuts between them. Tensors are not owned; all are of one floating type and device.
/// </summary>
public sealed record PolicyTokens
{
    /// <summary>Log-probabilities under the policy in training, <c>float32 [N]</c> with gradients (float64 is taken as well).</summary>
    public required Tensor LogProbs { get; init; }

    /// <summary>Log-probabilities recorded at sampling, <c>[N]</c>.</summary>
    public required Tensor BehaviorLogProbs { get; init; }

    /// <summary>
    /// Log-probabilities that training computed with the weights before the batch's first step, <c>[N]</c>: the denominator of ratios. Null:
    /// <see cref="BehaviorLogProbs"/> is. For a first step these are <see cref="LogProbs"/>, detached.
    /// </summary>
    public Tensor? OldLogProbs { get; init; }

    /// <summary>Log-probabilities under the reference, <c>[N]</c>; null without one.</summary>
    public Tensor? ReferenceLogProbs { get; init; }

    /// <summary>Entropies of the rows that predict the tokens, <c>[N]</c> in nats, with gradients where the bonus is on; null when not measured.</summary>
    public Tensor? Entropies { get; init; }

    /// <summary>Counted tokens of each sequence, in order; they sum to N. A sequence may have none.</summary>
    public required IReadOnlyList<int> Lengths { get; init; }

    /// <summary>Advantage of each sequence.</summary>
    public required IReadOnlyList<double> Advantages { get; init; }

    /// <summary>Joins what sequences recorded with what the policy says now. The new tensors belong to the caller's dispose scope.</summary>
    /// <param name="sequences">The micro batch, in the order it was collated.</param>
    /// <param name="logProbs">Of the collated batch's targets, <c>float32 [N]</c>.</param>
    /// <param name="entropies">The same for entropies, or null.</param>
    /// <exception cref="ArgumentException">Lists of different lengths, or reference log-probabilities of some sequences only.</exception>
    public static PolicyTokens Of(IReadOnlyList<PolicySequence> sequences, Tensor logProbs, Tensor? entropies = null)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        ArgumentNullException.ThrowIfNull(logProbs);
        return new PolicyTokens
        {
            LogProbs = logProbs,
            Entropies = entropies,
            BehaviorLogProbs = Join(sequences, s => s.BehaviorLogProbs, nameof(PolicySequence.BehaviorLogProbs), logProbs)!,
            OldLogProbs = sequences.All(s => s.OldLogProbs is null)
                ? null
                : Join(sequences, s => s.OldLogProbs ?? s.BehaviorLogProbs, nameof(PolicySequence.OldLogProbs), logProbs), // fresh samples beside replayed ones
            ReferenceLogProbs = Join(sequences, s => s.ReferenceLogProbs, nameof(PolicySequence.ReferenceLogProbs), logProbs),
            Lengths = [.. sequences.Select(s => s.CountedTokens)],
            Advantages = [.. sequences.Select(s => s.Advantage)],
        };
    }

    internal void Check(PolicyLossOptions options)
    {
        long count = LogProbs.numel();
        if (Lengths.Count != Advantages.Count || Lengths.Sum(length => (long)length) != count)
            throw new ArgumentException($"{count} log-probabilities, {Lengths.Count} lengths that sum to {Lengths.Sum(length => (long)length)}, and {Advantages.Count} advantages do not fit.", nameof(options));
        foreach ((string name, Tensor? tensor) in Named())
        {
            if (tensor is not null && (tensor.dim() != 1 || tensor.shape[0] != count || tensor.dtype != LogProbs.dtype))
                throw new ArgumentException($"{name} is {tensor.dtype} [{string.Join(", ", tensor.shape)}]; {LogProbs.dtype} [{count}] was expected.", nameof(options));
        }

        if (options.Kl.IsInLoss && ReferenceLogProbs is null)
            throw new ArgumentException("Kl counts in the loss but there are no ReferenceLogProbs; score the batch under ReferencePolicy.Use, or set Kl.Coefficient to 0.", nameof(options));
        if (options.Correction != OffPolicyCorrection.None && OldLogProbs is null)
            throw new ArgumentException("The off-policy correction compares OldLogProbs with BehaviorLogProbs but there are no OldLogProbs; score the batch before its first step, or choose no correction.", nameof(options));
        if (options.EntropyCoefficient != 0 && (Entropies is null || (LogProbs.requires_grad && !Entropies.requires_grad)))
            throw new ArgumentException("The entropy bonus needs Entropies with gradients; take both from TokenLogProbs.WithEntropies, or set EntropyCoefficient to 0.", nameof(options));
    }

    /// <summary>The tensors by name, for messages.</summary>
    internal IEnumerable<(string Name, Tensor? Values)> Named() =>
    [
        (nameof(LogProbs), LogProbs), (nameof(BehaviorLogProbs), BehaviorLogProbs), (nameof(OldLogProbs), OldLogProbs),
        (nameof(ReferenceLogProbs), ReferenceLogProbs), (nameof(Entropies), Entropies),
    ];

    private static Tensor? Join(IReadOnlyList<PolicySequence> sequences, Func<PolicySequence, IReadOnlyList<float>?> list, string name, Tensor like)
    {
        PolicySequence[] counted = [.. sequences.Where(s => s.CountedTokens > 0)];
        if (counted.Length > 0 && counted.All(s => list(s) is null))
            return null;
        foreach (PolicySequence sequence in counted)
        {
            if (list(sequence)?.Count != sequence.CountedTokens)
                throw new ArgumentException($"{name} of a sequence with {sequence.CountedTokens} sampled tokens has {list(sequence)?.Count.ToString() ?? "no"} values; one a sampled token was expected.", nameof(sequences));
        }

        return torch.tensor(counted.SelectMany(s => list(s)!).ToArray(), like.dtype, like.device);
    }
}
