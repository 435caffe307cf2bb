namespace Pixelis.Models.Sam;

/// <summary>What a parameter is for.</summary>
internal enum SamParameterKind
{
    /// <summary>Weights of a linear layer or convolution.</summary>
    Weight,

    /// <summary>Added to a layer's result.</summary>
    Bias,

    /// <summary>The factor of a norm.</summary>
    Scale,

    /// <summary>A learned vector, or positions.</summary>
    Embedding,

    /// <summary>Relative positions, <c>[any, head size]</c>: a table of another length is stretched to the one that is needed.</summary>
    RelativePositions,

    /// <summary>The matrix of the random Fourier features.</summary>
    Frequencies,
}

/// <summary>One tensor that a model of a given config has.</summary>
/// <param name="Name">Key in model.safetensors.</param>
/// <param name="Shape">Sizes.</param>
/// <param name="Kind">What it is for.</param>
internal sealed record SamParameter(string Name, long[] Shape, SamParameterKind Kind);
