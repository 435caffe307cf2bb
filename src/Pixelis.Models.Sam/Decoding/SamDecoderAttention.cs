using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Models.Sam;

/// <summary>Attention of the decoder, whose inner width may be a fraction of the outer one.</summary>
internal sealed class SamDecoderAttention(SamDecoderConfig config, SamWeights weights, string name)
{
    /// <summary>Maps queries <c>[P, T, C]</c>, keys and values <c>[P, S, C]</c> to <c>[P, T, C]</c>.</summary>
    public Tensor Forward(Tensor queries, Tensor keys, Tensor values)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor q = Heads(weights.Linear(name + ".q_proj", queries)), k = Heads(weights.Linear(name + ".k_proj", keys)), v = Heads(weights.Linear(name + ".v_proj", values));
        Tensor scores = q.matmul(k.transpose(2, 3)) / Math.Sqrt(q.shape[3]);
        Tensor joined = scores.softmax(-1).matmul(v).transpose(1, 2).reshape(queries.shape[0], queries.shape[1], -1);
        return weights.Linear(name + ".out_proj", joined).MoveToOuterDisposeScope();
    }

    private Tensor Heads(Tensor x) => x.view(x.shape[0], x.shape[1], config.HeadCount, -1).transpose(1, 2);
}
