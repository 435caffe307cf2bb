using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Softmax of attention scores.</summary>
public static class AttentionSoftmax
{
    /// <summary>Softmax over the last dimension, computed in float32 and rounded back to the type of the scores.</summary>
    public static Tensor Apply(Tensor scores)
    {
        if (scores.dtype == ScalarType.Float32)
            return scores.softmax(-1);
        using Tensor wide = scores.softmax(-1, ScalarType.Float32);
        return wide.to(scores.dtype);
    }
}
