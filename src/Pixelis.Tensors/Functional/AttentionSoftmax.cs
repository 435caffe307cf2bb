using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Softmax of attention scores.</summary>
public static class AttentionSoftmax
{
    /// <summary>Softmax over the last dimension, computed in at least float32 and rounded back to the type of the scores.</summary>
    public static Tensor Apply(Tensor scores)
    {
        if (!ElementTypes.IsHalf(scores.dtype))
            return scores.softmax(-1);
        using Tensor wide = scores.softmax(-1, ScalarType.Float32);
        return wide.to(scores.dtype);
    }
}
