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

    /// <summary>
    /// One decoding step of sequences of different lengths: a text token each, which is added to its cache. Models that cannot run them
    /// together run them one after another, which is what this does unless it is overridden.
    /// </summary>
    /// <param name="tokens">The tokens, <c>int64 [B, 1]</c>.</param>
    /// <param name="rows">The caches they continue.</param>
    /// <returns>Logits <c>[B, 1, V]</c> and states <c>[B, 1, H]</c>.</returns>
    /// <exception cref="ContextLengthException">A cache is full.</exception>
    ModelOutput Advance(Tensor tokens, KeyValueRows rows)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(rows);
        using DisposeScope scope = NewDisposeScope();
        var options = new ForwardOptions { Logits = LogitsSelection.Last };
        ModelOutput[] outputs = [.. Enumerable.Range(0, rows.Count).Select(i => Forward(new ModelInputs { InputIds = tokens.narrow(0, i, 1) }, rows[i], options))];
        return new ModelOutput(
            cat([.. outputs.Select(o => o.Logits!)], 0).MoveToOuterDisposeScope(), cat([.. outputs.Select(o => o.LastHiddenState)], 0).MoveToOuterDisposeScope(), []);
    }
}
