using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>Positions of a batch, put into one row.</summary>
internal static class ChosenRows
{
    /// <summary>Flat positions <c>int64 [N]</c> of <c>[B, T, H]</c> as <c>[1, N, H]</c>.</summary>
    public static Tensor Of(Tensor states, Tensor rows) => states.reshape(-1, states.shape[2]).index_select(0, rows).unsqueeze(0);
}
