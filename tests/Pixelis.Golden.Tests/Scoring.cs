using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Golden.Tests;

/// <summary>Loss, log-probabilities and entropy as the reference defines them.</summary>
internal static class Scoring
{
    /// <summary>Cross entropy of logits <c>[B, L, V]</c> over labels <c>[B, L]</c> that are not shifted yet; -100 counts for nothing.</summary>
    public static Tensor Loss(Tensor logits, Tensor labels)
    {
        long length = logits.shape[1];
        Tensor before = logits.narrow(1, 0, length - 1).reshape(-1, logits.shape[2]);
        if (before.dtype != ScalarType.Float64)
            before = before.to(ScalarType.Float32);
        return torch.nn.functional.cross_entropy(before, labels.narrow(1, 1, length - 1).reshape(-1), ignore_index: -100);
    }

    /// <summary>Log-probabilities of the columns from <paramref name="first"/> on, and the entropies they were drawn from, <c>[B, L - first]</c>.</summary>
    public static (float[] LogProbs, float[] Entropy) Score(Tensor logits, Tensor ids, int first)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        long count = logits.shape[1] - first;
        Tensor logProbs = logits.narrow(1, first - 1, count).to(ScalarType.Float32).log_softmax(-1);
        Tensor chosen = logProbs.gather(2, ids.narrow(1, first, count).unsqueeze(-1)).squeeze(-1);
        Tensor entropy = (logProbs.exp() * logProbs).sum(-1).neg();
        return (chosen.Floats(), entropy.Floats());
    }
}
