namespace Pixelis.Training.Grpo;

/// <summary>The pull towards the reference policy.</summary>
public sealed record KlOptions
{
    /// <summary>The estimator. Default <see cref="KlForm.K3"/>.</summary>
    public KlForm Form { get; init; } = KlForm.K3;

    /// <summary>Where it counts. Default in the loss.</summary>
    public KlPlacement Placement { get; init; } = KlPlacement.Loss;

    /// <summary>Strength β, the first one where it adapts. Default 0: no pull, and no reference is needed. verl 0.001, GRPO's paper 0.04.</summary>
    public double Coefficient { get; init; }

    /// <summary>Divergence in nats a token that the coefficient is steered to; null (default): the coefficient is fixed. verl 0.1.</summary>
    public double? Target { get; init; }

    /// <summary>Sequences over which an adapting coefficient follows. Default 10000. Not read without <see cref="Target"/>.</summary>
    public double Horizon { get; init; } = 10000;

    /// <summary>Whether a reference is needed.</summary>
    public bool IsUsed => Coefficient != 0;

    /// <summary>Whether it counts in the loss.</summary>
    public bool IsInLoss => IsUsed && Placement == KlPlacement.Loss;

    /// <summary>Makes the controller these options describe.</summary>
    public IKlController CreateController() => Target is { } target ? new AdaptiveKlController(Coefficient, target, Horizon) : new FixedKlController(Coefficient);

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range or does not fit another; the message says what to do.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(Coefficient, 0, $"Kl.{nameof(Coefficient)}");
        if (Target is { } target)
        {
            OptionCheck.Positive(target, $"Kl.{nameof(Target)}");
            OptionCheck.Positive(Horizon, $"Kl.{nameof(Horizon)}");
            if (!IsUsed)
                throw new PixelisException("Kl.Target is set but Kl.Coefficient is 0, which no factor can move; set the coefficient to begin with, for example 0.001, or leave the target out.");
        }

        if (IsUsed && Placement == KlPlacement.Reward && Form == KlForm.K3WithK2Gradient)
            throw new PixelisException("Kl.Form is K3WithK2Gradient, but a reward has no gradient; choose K3 (the same value) or K1, or place the KL in the loss.");
    }
}
