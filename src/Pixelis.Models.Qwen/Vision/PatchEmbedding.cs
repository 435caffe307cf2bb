using Pixelis.Tensors;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>
/// The patch convolution; parameter <c>proj.weight [D, channels, frames, side, side]</c>. Its stride equals its kernel, so on
/// patches that are flattened already it is a plain matrix product.
/// </summary>
internal sealed class PatchEmbedding : NamedModule
{
    private readonly Convolution _convolution;

    public PatchEmbedding(IParameterSource source)
        : base(nameof(PatchEmbedding))
    {
        _convolution = Register("proj", new Convolution(source.Take("visual.patch_embed.proj.weight")));
    }

    /// <summary>Maps flattened patches <c>[N, patch length]</c> to <c>[N, D]</c>.</summary>
    public Tensor Forward(Tensor patches)
    {
        Parameter weight = _convolution.Weight;
        using Tensor typed = patches.to(weight.dtype, weight.device);
        using Tensor matrix = weight.view(weight.shape[0], -1);
        return LinearMap.Apply(typed, matrix, null);
    }

    private sealed class Convolution : NamedModule
    {
        public Convolution(Parameter weight)
            : base(nameof(Convolution))
        {
            Weight = Register("weight", weight)!;
        }

        public Parameter Weight { get; }
    }
}
