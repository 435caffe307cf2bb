using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>What a forward pass computed. The caller owns the tensors; <see cref="Dispose"/> frees them.</summary>
/// <param name="Logits"><c>[B, L or 1, V]</c>, <c>[N, V]</c> for chosen rows, or null when none were asked for.</param>
/// <param name="LastHiddenState">After the final norm, <c>[B, L, H]</c>, or <c>[1, N, H]</c> for chosen rows.</param>
/// <param name="HiddenStates">Embeddings, then the raw output of each layer, <c>[B, L, H]</c> each; empty unless asked for.</param>
public sealed record ModelOutput(Tensor? Logits, Tensor LastHiddenState, IReadOnlyList<Tensor> HiddenStates) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        Logits?.Dispose();
        LastHiddenState.Dispose();
        foreach (Tensor state in HiddenStates)
            state.Dispose();
    }
}
