using Pixelis.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>The embedding; parameter <c>weight [V, H]</c>.</summary>
internal sealed class TokenEmbedding : NamedModule
{
    public TokenEmbedding(Parameter weight)
        : base(nameof(TokenEmbedding))
    {
        Weight = Register("weight", weight)!;
    }

    public Parameter Weight { get; }

    /// <summary>Maps ids <c>int64 [B, T]</c> to <c>[B, T, H]</c>.</summary>
    public Tensor Forward(Tensor ids)
    {
        using Tensor flat = ids.reshape(-1);
        using Tensor rows = Weight.index_select(0, flat);
        return rows.view(ids.shape[0], ids.shape[1], Weight.shape[1]);
    }
}
