using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>What a forward pass returns beside logits.</summary>
public sealed record ForwardOptions
{
    /// <summary>Positions to compute logits for. Default all.</summary>
    public LogitsSelection Logits { get; init; } = LogitsSelection.All;

    /// <summary>
    /// Computes logits only for these positions: flat indices <c>row * L + column</c>, <c>int64 [N]</c>; the logits are then
    /// <c>[N, V]</c>, the last state is <c>[1, N, H]</c>, and <see cref="Logits"/> is not read. The last layer does only what these positions
    /// need. Null (default) goes by <see cref="Logits"/>. Not owned.
    /// </summary>
    public Tensor? LogitRows { get; init; }

    /// <summary>Whether to keep the output of every decoder layer. Default false.</summary>
    public bool HiddenStates { get; init; }

    /// <summary>
    /// Whether a decoder layer keeps only its input and computes its activations again in the backward pass (Chen et al., 2016). Default
    /// false. Without gradients, or with a cache, it changes nothing.
    /// </summary>
    public bool RecomputeActivations { get; init; }
}
