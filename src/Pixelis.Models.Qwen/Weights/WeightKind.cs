namespace Pixelis.Models.Qwen;

/// <summary>What a weight is for, which decides how a random one is drawn.</summary>
internal enum WeightKind
{
    /// <summary>A matrix or an embedding.</summary>
    Matrix,

    /// <summary>A bias.</summary>
    Bias,

    /// <summary>The weight of a norm.</summary>
    Norm,
}
