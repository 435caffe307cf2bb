using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>A layer of the image encoder: attention over windows or the whole grid, then a feed-forward block, each added to its input.</summary>
internal sealed class SamVisionLayer(SamVisionConfig config, SamWeights weights, int layer)
{
    /// <summary>
    /// Attention scores held at a time, in numbers. A whole grid of 64 x 64 has 16.8 million for each head, so heads go one by one
    /// instead of taking gigabytes together.
    /// </summary>
    private const long MostScores = 1 << 24;

    private readonly string _root = $"vision_encoder.layers.{layer}.";

    /// <summary>Maps <c>[B, H, W, C]</c> to the same shape.</summary>
    public Tensor Forward(Tensor x, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor normed = weights.Norm(_root + "layer_norm1", x, config.NormEpsilon);
        Tensor attended = config.IsWindowed(layer)
            ? AttentionWindows.Join(Attend(AttentionWindows.Cut(normed, config.WindowSize), cancellationToken), x.shape[1], x.shape[2])
            : Attend(normed, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        Tensor middle = x + attended;
        Tensor wide = weights.FeedForward(_root + "mlp", weights.Norm(_root + "layer_norm2", middle, config.NormEpsilon), config.Activation);
        return (middle + wide).MoveToOuterDisposeScope();
    }

    // [B, S, S, C] to the same shape.
    private Tensor Attend(Tensor x, CancellationToken cancellationToken)
    {
        using DisposeScope scope = NewDisposeScope();
        long batch = x.shape[0], size = x.shape[1], places = size * size, rows = batch * config.HeadCount;
        Tensor[] parts = weights.Linear(_root + "attn.qkv", x).reshape(batch, places, 3, config.HeadCount, config.HeadSize)
            .permute(2, 0, 3, 1, 4).reshape(3, rows, places, config.HeadSize).unbind(0);
        (Tensor Rows, Tensor Columns)? relative = !config.HasRelativePositions ? null
            : (RelativePositions.Expand(weights[_root + "attn.rel_pos_h"], size), RelativePositions.Expand(weights[_root + "attn.rel_pos_w"], size));
        long step = Math.Max(1, MostScores / (places * places));
        var results = new List<Tensor>();
        for (long first = 0; first < rows; first += step)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long count = Math.Min(step, rows - first);
            results.Add(Attend(parts[0].narrow(0, first, count), parts[1].narrow(0, first, count), parts[2].narrow(0, first, count), relative));
        }

        Tensor joined = cat(results, 0).view(batch, config.HeadCount, size, size, config.HeadSize).permute(0, 2, 3, 1, 4).reshape(batch, size, size, config.HiddenSize);
        return weights.Linear(_root + "attn.proj", joined).MoveToOuterDisposeScope();
    }

    // [N, places, d] each.
    private Tensor Attend(Tensor queries, Tensor keys, Tensor values, (Tensor Rows, Tensor Columns)? relative)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scores = (queries * (1 / Math.Sqrt(config.HeadSize))).matmul(keys.transpose(1, 2));
        if (relative is { } vectors)
            RelativePositions.AddTo(scores, queries, vectors.Rows, vectors.Columns);
        return scores.softmax(-1).matmul(values).MoveToOuterDisposeScope();
    }
}
