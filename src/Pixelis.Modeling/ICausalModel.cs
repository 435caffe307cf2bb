using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// A causal language model, with or without a vision tower: inputs to logits. Not thread-safe: forward passes of one
/// instance must not overlap. Gradients flow unless the caller opens <c>torch.inference_mode()</c> or <c>no_grad()</c>.
/// </summary>
public interface ICausalModel : IDisposable
{
    /// <summary>Sizes and special tokens.</summary>
    ModelDescription Description { get; }

    /// <summary>The module tree: parameters for trainers and adapters.</summary>
    nn.Module Module { get; }

    /// <summary>Where the weights are.</summary>
    Device Device { get; }

    /// <summary>The type activations are computed in.</summary>
    ScalarType DataType { get; }

    /// <summary>Makes an empty cache for <paramref name="batch"/> rows of at most <paramref name="capacity"/> tokens each.</summary>
    KeyValueCache CreateCache(int batch, int capacity);

    /// <summary>
    /// Runs the model over new tokens. With a cache, the tokens continue what it holds and are added to it;
    /// rows may be left padded on the first call.
    /// </summary>
    ModelOutput Forward(ModelInputs inputs, KeyValueCache? cache = null, ForwardOptions? options = null);
}
