using Pixelis.Modeling;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Training.Tests.Support;

/// <summary>Adapters of the bigram model's head.</summary>
internal static class HeadAdapter
{
    /// <summary>A fresh adapter, or one that holds earlier training.</summary>
    public static AdapterSet Of(BigramModel model, bool trained = false, double dropout = 0)
    {
        var adapters = new AdapterSet(model);
        adapters.Add("policy", new LoraOptions { Rank = 2, Alpha = 4, Dropout = dropout, Targets = LoraTargets.Named("head") }, seed: 5);
        if (trained || dropout > 0)
            Train(adapters, 0.3);
        return adapters;
    }

    /// <summary>Moves the policy.</summary>
    public static void Train(AdapterSet adapters, double by)
    {
        using IDisposable noGrad = torch.no_grad();
        foreach (LoraLinear layer in adapters.Layers("policy").Values)
        {
            layer.B.add_(by);
            layer.A.mul_(1 + by);
        }
    }
}
