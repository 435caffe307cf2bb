using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Everything composed of TorchSharp's public operators.</summary>
internal sealed class TorchSharpRuntime : ITensorRuntime
{
    public string Name => "operators";

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias) => LinearMap.Compose(x, weight, bias);

    public Tensor RootMeanSquareNorm(Tensor x, Tensor weight, double epsilon) => Tensors.RootMeanSquareNorm.Compose(x, weight, epsilon);

    public Tensor SiluGate(Tensor gate, Tensor up) => Tensors.SiluGate.Compose(gate, up);

    public Tensor Rotate(Tensor x, Tensor cos, Tensor signedSin) => RotaryRotation.Compose(x, cos, signedSin);

    public Tensor CausalAttention(
        Tensor query, Tensor key, Tensor value, Tensor? prefixKey, Tensor? prefixValue, AttentionMask mask, double scale) =>
        Tensors.CausalAttention.Compose(query, key, value, prefixKey, prefixValue, mask, scale);

    public Tensor RowAttention(Tensor query, Tensor key, Tensor value, IReadOnlyList<RowKeyValues> rows, double scale) =>
        Tensors.RowAttention.Compose(query, key, value, rows, scale);

    public Tensor FullAttention(Tensor query, Tensor key, Tensor value, double scale)
    {
        const long blockRows = 512; // bounds the scores of a large frame when no gradient is needed
        using DisposeScope scope = torch.NewDisposeScope();
        long[] shape = query.shape;
        Tensor turned = key.transpose(2, 3);
        Tensor scaled = query * scale;
        var blocks = new List<Tensor>();
        long step = torch.is_grad_enabled() ? shape[2] : blockRows;
        for (long first = 0; first < shape[2]; first += step)
        {
            using DisposeScope block = torch.NewDisposeScope();
            Tensor scores = scaled.narrow(2, first, Math.Min(step, shape[2] - first)).matmul(turned);
            blocks.Add(AttentionSoftmax.Apply(scores).matmul(value).MoveToOuterDisposeScope());
        }

        Tensor mixed = blocks.Count == 1 ? blocks[0] : torch.cat(blocks.ToArray(), 2);
        return mixed.transpose(1, 2).reshape(shape[0], shape[2], shape[1] * shape[3]).MoveToOuterDisposeScope();
    }

    public Tensor TokenLogProbs(Tensor logits, Tensor ids) => Tensors.TokenLogProbs.Compose(logits, ids);
}
