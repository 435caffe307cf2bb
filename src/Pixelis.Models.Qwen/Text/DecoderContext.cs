using Pixelis.Modeling;
using Pixelis.Tensors;

namespace Pixelis.Models.Qwen;

/// <summary>What the layers of one forward pass share.</summary>
/// <param name="Factors">Rotary factors, <c>[1 or B, 1, T, D]</c>.</param>
/// <param name="Mask">Causal mask and padding.</param>
/// <param name="Cache">Where keys and values go, or null.</param>
/// <param name="Packed">The conversations of a packed row, or null; the mask is then not read.</param>
/// <param name="Rows">The caches of sequences that take a step together, or null; mask and cache are then not read.</param>
internal sealed record DecoderContext(
    RotaryFactors Factors, AttentionMask Mask, KeyValueCache? Cache, PackedSequences? Packed = null, KeyValueRows? Rows = null) : IDisposable
{
    public void Dispose()
    {
        Factors.Dispose();
        Mask.Dispose();
        Packed?.Dispose();
    }
}
