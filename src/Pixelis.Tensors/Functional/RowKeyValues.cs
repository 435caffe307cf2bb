using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Where one layer keeps the keys and values of one sequence. Nothing is owned.</summary>
/// <param name="Keys">Storage of the sequence's own keys, <c>[1, Hkv, capacity, D]</c>.</param>
/// <param name="Values">As <paramref name="Keys"/>.</param>
/// <param name="Length">Columns of its own that are held; a column after them is free.</param>
/// <param name="PrefixKeys">Keys in front of them, perhaps shared with other sequences, <c>[1, Hkv, P, D]</c>; null for none.</param>
/// <param name="PrefixValues">As <paramref name="PrefixKeys"/>.</param>
public readonly record struct RowKeyValues(Tensor Keys, Tensor Values, int Length, Tensor? PrefixKeys = null, Tensor? PrefixValues = null);
