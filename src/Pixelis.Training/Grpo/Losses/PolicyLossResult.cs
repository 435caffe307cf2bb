using static TorchSharp.torch;

namespace Pixelis.Training.Grpo;

/// <summary>The loss of a micro batch.</summary>
/// <param name="Loss">A scalar with gradients, to be summed over the micro batches of a step; in the dispose scope of the caller.</param>
/// <param name="Numbers">What to report.</param>
/// <param name="Fault">
/// Null for a loss that is a finite number. Otherwise what was not finite and where: then call no <c>backward</c> and make no step, so that
/// neither weights nor optimizer lose anything.
/// </param>
public sealed record PolicyLossResult(Tensor Loss, PolicyLossNumbers Numbers, string? Fault)
{
    /// <summary>Whether the loss is a finite number.</summary>
    public bool IsFinite => Fault is null;
}
