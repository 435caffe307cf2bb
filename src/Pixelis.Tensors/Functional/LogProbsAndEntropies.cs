using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Log-probabilities of tokens and entropies of their rows with one shared gradient. Rows are taken some at a time, so that what is made on
/// the way stays small beside the logits themselves.
/// </summary>
internal sealed class LogProbsAndEntropies : autograd.MultiTensorFunction<LogProbsAndEntropies>
{
    private const long BlockElements = 1 << 22;
    private const double LowestLog = -1e4; // below log of the smallest float32: p log p stays 0 where p is, also at a logit of -infinity

    /// <inheritdoc />
    public override string Name => nameof(LogProbsAndEntropies);

    /// <inheritdoc />
    public override List<Tensor> forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor logits, Tensor ids) = ((Tensor)vars[0], (Tensor)vars[1]);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor rows = logits.reshape(-1, logits.shape[^1]), flat = ids.reshape(-1);
        Tensor logProbs = torch.zeros([flat.shape[0]], ScalarType.Float32, logits.device), entropies = torch.zeros_like(logProbs);
        foreach ((long start, long count) in Blocks(rows))
        {
            using DisposeScope block = torch.NewDisposeScope();
            Tensor logs = Logs(rows.narrow(0, start, count)), id = flat.narrow(0, start, count);
            Tensor keep = id.ge(0);
            Tensor picked = logs.gather(1, id.clamp_min(0).unsqueeze(1)).squeeze(1);
            Tensor entropy = logs.exp().mul_(logs.clamp_min(LowestLog)).sum(1).neg_();
            logProbs.narrow(0, start, count).copy_(torch.where(keep, picked, torch.zeros_like(picked)));
            entropies.narrow(0, start, count).copy_(torch.where(keep, entropy, torch.zeros_like(entropy)));
        }

        ctx.save_for_backward([logits, ids, entropies]);
        return [logProbs.view(ids.shape).MoveToOuterDisposeScope(), entropies.view(ids.shape).MoveToOuterDisposeScope()];
    }

    /// <inheritdoc />
    public override List<Tensor> backward(autograd.AutogradContext ctx, List<Tensor> grad_outputs)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor rows = saved[0].reshape(-1, saved[0].shape[^1]), flat = saved[1].reshape(-1), entropies = saved[2];
        Tensor ofLogProbs = grad_outputs[0].reshape(-1), ofEntropies = grad_outputs[1].reshape(-1);
        Tensor gradient = torch.empty_like(rows);
        foreach ((long start, long count) in Blocks(rows))
        {
            using DisposeScope block = torch.NewDisposeScope();
            Tensor logs = Logs(rows.narrow(0, start, count)), id = flat.narrow(0, start, count).unsqueeze(1);
            Tensor g = ofLogProbs.narrow(0, start, count).unsqueeze(1), h = ofEntropies.narrow(0, start, count).unsqueeze(1);
            Tensor entropy = entropies.narrow(0, start, count).unsqueeze(1);
            // d log p_id / d x_v = [v = id] - p_v;  d H / d x_v = -p_v (log p_v + H)
            Tensor part = logs.clamp_min(LowestLog).add_(entropy).mul_(h).add_(g).mul_(logs.exp()).neg_();
            part.scatter_add_(1, id.clamp_min(0), g);
            gradient.narrow(0, start, count).copy_(part.masked_fill(id.lt(0), 0));
        }

        return [gradient.view(saved[0].shape).MoveToOuterDisposeScope(), null!];
    }

    // Not log_softmax: it adds up a row one by one, which over a large vocabulary costs two digits; sum() adds in a tree.
    private static Tensor Logs(Tensor rows)
    {
        Tensor wide = rows.to(ScalarType.Float32);
        Tensor below = wide - wide.amax([-1], keepdim: true);
        return below.sub_(below.exp().sum(-1, keepdim: true).log_());
    }

    private static IEnumerable<(long Start, long Count)> Blocks(Tensor rows)
    {
        (long count, long size) = (rows.shape[0], Math.Max(1, BlockElements / rows.shape[1]));
        for (long start = 0; start < count; start += size)
            yield return (start, Math.Min(size, count - start));
    }
}
