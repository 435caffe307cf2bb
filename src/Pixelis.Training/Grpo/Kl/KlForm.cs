namespace Pixelis.Training.Grpo;

/// <summary>
/// Estimators of the KL divergence of the policy from the reference at a sampled token, with d = log π - log π_ref (Schulman, "Approximating
/// KL divergence", 2020). Their values and their gradients are two matters: in a loss only k2's gradient is that of the divergence.
/// </summary>
public enum KlForm
{
    /// <summary><c>d</c>: no bias, much variance, may be negative. As a loss its gradient is 0 on average; choose it for rewards.</summary>
    K1,

    /// <summary><c>d² / 2</c>: a little bias, and as a loss the right gradient.</summary>
    K2,

    /// <summary><c>exp(-d) + d - 1</c>: no bias, little variance, never negative. As a loss it pulls with the wrong weight far from the reference (GRPO's form).</summary>
    K3,

    /// <summary>The value of k3 with the gradient of k2: <c>k3+</c> in verl. For losses only.</summary>
    K3WithK2Gradient,
}
