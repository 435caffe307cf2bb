using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>Which token belongs to which sequence, as tensors of the log-probabilities' type and device, in the dispose scope they were made in.</summary>
internal sealed class TokenLayout
{
    private readonly Tensor _rows;
    private readonly Tensor _lengths;

    public TokenLayout(PolicyTokens tokens, BatchTotals totals, PolicyLossOptions options)
    {
        (ScalarType type, Device device) = (tokens.LogProbs.dtype, tokens.LogProbs.device);
        _rows = torch.tensor(PerToken(tokens.Lengths, row => (long)row), device: device);
        _lengths = torch.tensor(tokens.Lengths.Select(length => (double)Math.Max(1, length)).ToArray(), type, device);
        Advantages = torch.tensor(PerToken(tokens.Lengths, row => tokens.Advantages[row]), type, device);
        Weights = torch.tensor(PerToken(tokens.Lengths, row => totals.WeightOf(tokens.Lengths[row], options)), type, device);
    }

    /// <summary>Advantage of each token's sequence, <c>[N]</c>.</summary>
    public Tensor Advantages { get; }

    /// <summary>Weight of each token in the loss, <c>[N]</c>: every way to aggregate is a weighted sum.</summary>
    public Tensor Weights { get; }

    /// <summary>Sums over sequences, <c>[N]</c> to <c>[S]</c>.</summary>
    public Tensor SequenceSums(Tensor values) => torch.zeros_like(_lengths).index_add(0, _rows, values, 1);

    /// <summary>Means over sequences, <c>[N]</c> to <c>[S]</c>.</summary>
    public Tensor SequenceMeans(Tensor values) => SequenceSums(values) / _lengths;

    /// <summary>Gives every token the value of its sequence, <c>[S]</c> to <c>[N]</c>.</summary>
    public Tensor ToTokens(Tensor values) => values.index_select(0, _rows);

    private static T[] PerToken<T>(IReadOnlyList<int> lengths, Func<int, T> of) =>
        [.. Enumerable.Range(0, lengths.Count).SelectMany(row => lengths[row] == 0 ? [] : Enumerable.Repeat(of(row), lengths[row]))];
}
