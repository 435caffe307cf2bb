namespace Pixelis.Training.Grpo;

/// <summary>Where the divergence from the reference counts.</summary>
public enum KlPlacement
{
    /// <summary>In the loss, token by token: <see cref="PolicyLoss"/> adds it.</summary>
    Loss,

    /// <summary>In the reward, before advantages are made: subtract <see cref="KlEstimate.Penalty"/>.</summary>
    Reward,
}
