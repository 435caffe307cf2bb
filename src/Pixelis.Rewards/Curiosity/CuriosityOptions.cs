namespace Pixelis.Rewards;

/// <summary>Sizes and numbers of a <see cref="CuriosityModule"/>.</summary>
public sealed record CuriosityOptions
{
    /// <summary>Length of the policy's state embeddings, at least 2.</summary>
    public required int StateSize { get; init; }

    /// <summary>Length of the features that states are encoded to, at least 2. Default 64.</summary>
    public int FeatureSize { get; init; } = 64;

    /// <summary>Width of the hidden layers, at least 1. Default 256.</summary>
    public int HiddenSize { get; init; } = 256;

    /// <summary>Length of the embeddings of calls, at least 32. Default 128.</summary>
    public int ActionSize { get; init; } = 128;

    /// <summary>beta: share of the forward loss in the sum, 0 to 1; the inverse loss has the rest. Default 0.2.</summary>
    public double Beta { get; init; } = 0.2;

    /// <summary>eta: the reward of one unit of mean squared error, at least 0. Default 0.5.</summary>
    public double Eta { get; init; } = 0.5;

    /// <summary>Most that an episode is paid, at least 0. Default 1. An untrained module's error is near 1, so a reward near <see cref="Eta"/>.</summary>
    public double MostReward { get; init; } = 1;

    /// <summary>AdamW's learning rate, above 0. Default 1e-3.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Transitions of one optimizer step, at least 1. Default 64.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Largest norm of all gradients together, above 0; larger ones are scaled down. Default 1.</summary>
    public double MaxGradientNorm { get; init; } = 1;

    /// <summary>Seed of the first weights. Default 0.</summary>
    public ulong Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(StateSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(FeatureSize, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(HiddenSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ActionSize, 32);
        if (!(Beta is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Beta), Beta, "A share from 0 to 1 was expected.");
        ArgumentOutOfRangeException.ThrowIfNegative(Eta);
        ArgumentOutOfRangeException.ThrowIfNegative(MostReward);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGradientNorm);
    }
}
