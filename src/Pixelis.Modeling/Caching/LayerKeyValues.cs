using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// What one layer attends to: views into the cache, valid until it is next changed. They belong to the dispose scope of
/// whoever asked for them.
/// </summary>
/// <param name="Keys">Keys of the rows' own tokens, <c>[B, Hkv, S, D]</c>.</param>
/// <param name="Values">Values of the rows' own tokens, <c>[B, Hkv, S, D]</c>.</param>
/// <param name="PrefixKeys">Keys of the tokens that all rows share and that precede their own, <c>[1, Hkv, P, D]</c>; null without a shared prefix.</param>
/// <param name="PrefixValues">Values of the shared tokens, <c>[1, Hkv, P, D]</c>; null without a shared prefix.</param>
public readonly record struct LayerKeyValues(Tensor Keys, Tensor Values, Tensor? PrefixKeys = null, Tensor? PrefixValues = null);
