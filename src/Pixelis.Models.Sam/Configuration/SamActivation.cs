using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>The activations that a config may name.</summary>
internal enum SamActivation
{
    /// <summary>Gaussian error linear unit, exact.</summary>
    Gelu,

    /// <summary>Negative numbers become 0.</summary>
    Relu,
}

/// <summary>Applies activations.</summary>
internal static class SamActivations
{
    /// <summary>The activation of every number of a tensor.</summary>
    public static Tensor Apply(this SamActivation activation, Tensor x) =>
        activation == SamActivation.Gelu ? nn.functional.gelu(x) : nn.functional.relu(x);
}
