using System.Globalization;
using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Qwen;

/// <summary>The decoder, <c>model.*</c> in a checkpoint: embedding, layers, final norm.</summary>
internal sealed class QwenDecoder : NamedModule
{
    private readonly ModuleSequence<QwenDecoderLayer> _layers;
    private readonly RmsNorm _norm;

    public QwenDecoder(QwenTextConfig config, IParameterSource source)
        : base(nameof(QwenDecoder))
    {
        Embedding = Register("embed_tokens", new TokenEmbedding(source.Take("model.embed_tokens.weight")));
        IEnumerable<QwenDecoderLayer> layers = Enumerable.Range(0, config.LayerCount).Select(
            layer => new QwenDecoderLayer(config, layer, string.Create(CultureInfo.InvariantCulture, $"model.layers.{layer}."), source));
        _layers = Register("layers", new ModuleSequence<QwenDecoderLayer>(layers));
        _norm = Register("norm", source.Norm("model.norm", config.NormEpsilon));
    }

    /// <summary>Child <c>embed_tokens</c>.</summary>
    public TokenEmbedding Embedding { get; }

    /// <summary>Runs the layers and the final norm over embeddings <c>[B, T, H]</c>.</summary>
    /// <param name="embeddings">Not owned.</param>
    /// <param name="context">What the layers share.</param>
    /// <param name="states">Receives the raw output of every layer, detached from all scopes; null to drop them.</param>
    /// <param name="recompute">Whether layers keep no activations for the backward pass. The last one does when only some rows are read: it is the first to go back.</param>
    /// <param name="rows">Positions whose state is wanted, flat indices <c>int64 [N]</c>; the rest of the last layer is then left out. Null for all.</param>
    /// <returns>The normed state, <c>[B, T, H]</c> or <c>[1, N, H]</c>, in the dispose scope of the caller.</returns>
    public Tensor Forward(Tensor embeddings, DecoderContext context, List<Tensor>? states, bool recompute = false, Tensor? rows = null)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor state = embeddings;
        recompute = recompute && context.Cache is null && torch.is_grad_enabled();
        foreach (QwenDecoderLayer layer in _layers.Items)
        {
            Tensor? chosen = ReferenceEquals(layer, _layers.Items[^1]) && states is null ? rows : null;
            Tensor next = recompute && chosen is null ? RecomputedLayer.Run(state, layer, context) : layer.Forward(state, context, chosen);
            if (states is not null)
                states.Add(next.DetachFromDisposeScope());
            else if (!ReferenceEquals(state, embeddings))
                state.Dispose();
            state = next;
        }

        return _norm.Forward(rows is not null && states is not null ? ChosenRows.Of(state, rows) : state).MoveToOuterDisposeScope();
    }
}
