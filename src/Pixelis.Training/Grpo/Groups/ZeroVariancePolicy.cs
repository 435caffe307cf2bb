namespace Pixelis.Training.Grpo;

/// <summary>What happens to groups whose rewards are all equal (<see cref="GroupAdvantages.HasSignal"/> is false): they pull the policy nowhere.</summary>
public enum ZeroVariancePolicy
{
    /// <summary>They stay in the batch with advantage 0: they pay for their forward pass, count in the loss's mean, and feel KL and entropy.</summary>
    Keep,

    /// <summary>They are left out; the batch is smaller.</summary>
    Drop,

    /// <summary>They are left out and others sampled until the batch is full: dynamic sampling of DAPO; see <see cref="DynamicSampling{T}"/>.</summary>
    Resample,

    /// <summary>They are left out and earlier samples take their place: Pixel-Reasoner; see <see cref="SelectiveSampleReplay{T}"/>.</summary>
    Replay,
}
