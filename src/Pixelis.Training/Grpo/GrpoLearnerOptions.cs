namespace Pixelis.Training.Grpo;

/// <summary>How a policy learns from episodes that are there.</summary>
internal sealed record GrpoLearnerOptions
{
    /// <summary>What is maximised. <see cref="ZeroVariancePolicy.Resample"/> and <see cref="ZeroVariancePolicy.Replay"/> are the trainer's; a learner alone drops such groups.</summary>
    public GrpoObjective Objective { get; init; } = new();

    /// <summary>
    /// Whether the episodes were sampled by another policy than the one that learns, such as an average of it: then ratios are to the recorded
    /// log-probabilities. Default false: the episodes are fresh.
    /// </summary>
    public bool IsOffPolicy { get; init; }

    /// <summary>Whether rewards are given the policy's state at the end of each turn. Default false.</summary>
    public bool MeasuresStates { get; init; }

    /// <summary>Times the episodes are gone through. Default 1.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Parts the episodes are cut into, each an update of its own. Default 1.</summary>
    public int MiniBatches { get; init; } = 1;

    /// <summary>Most tokens that go through the model at once; a longer episode goes alone. Default 8192; 0 for no limit.</summary>
    public int MicroBatchTokens { get; init; } = 8192;

    /// <summary>Matrix products in bfloat16, weights and their updates in float32. Default false.</summary>
    public bool Autocast { get; init; }

    /// <summary>Whether activations are computed again for the backward pass instead of kept. Default false.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>Seed of how episodes are cut into parts. Default 0.</summary>
    public ulong Seed { get; init; }

    internal bool IsOneUpdate => Epochs * MiniBatches == 1;

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range or does not fit another; the message says what to do.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(Epochs, 1, nameof(Epochs));
        OptionCheck.AtLeast(MiniBatches, 1, nameof(MiniBatches));
        OptionCheck.AtLeast(MicroBatchTokens, 0, nameof(MicroBatchTokens));
        Objective.Validate();
    }
}
