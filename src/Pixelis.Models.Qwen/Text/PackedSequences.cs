using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// Conversations one after another in a row. Attention is the only part of a decoder in which columns meet: it is run for each alone, so
/// that packing costs neither padding nor scores that a mask would throw away.
/// </summary>
internal sealed class PackedSequences(IReadOnlyList<int> lengths, ScalarType type, Device device) : IDisposable
{
    private readonly Dictionary<int, AttentionMask> _masks = lengths.Distinct().ToDictionary(length => length, length => new AttentionMask(length, null, type, device));

    public IReadOnlyList<int> Lengths { get; } = lengths;

    /// <summary>Causal attention within each conversation: <c>[1, Hq, L, D]</c> and <c>[1, Hkv, L, D]</c> to <c>[1, L, Hq * D]</c>.</summary>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, double scale)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        // One split, whose gradient is put together once; a narrow for each sequence would add up a whole tensor for each.
        long[] sizes = [.. Lengths.Select(length => (long)length)];
        Tensor[] queries = query.split(sizes, 2), keys = key.split(sizes, 2), values = value.split(sizes, 2);
        var parts = new Tensor[Lengths.Count];
        for (int i = 0; i < parts.Length; i++)
            parts[i] = CausalAttention.Apply(queries[i], keys[i], values[i], null, null, _masks[Lengths[i]], scale);

        return torch.cat(parts, 1).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        foreach (AttentionMask mask in _masks.Values)
            mask.Dispose();
    }
}
