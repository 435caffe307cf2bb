namespace Pixelis.Training.Grpo;

/// <summary>Settings of reinforcement fine-tuning with GRPO.</summary>
public sealed record GrpoOptions
{
    /// <summary>Steps: each collects episodes and learns from them. Default 200.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Prompts of a step, at least 1. Default 8.</summary>
    public int Prompts { get; init; } = 8;

    /// <summary>How episodes are collected: group size, concurrency, how tokens are drawn.</summary>
    public RolloutOptions Rollouts { get; init; } = new();

    /// <summary>What is maximised. Default Pixel-Reasoner's choices without replay.</summary>
    public GrpoObjective Objective { get; init; } = new();

    /// <summary>Whether rewards are given the policy's state at the end of each turn. Default false; a curiosity module is given them in any case.</summary>
    public bool MeasuresStates { get; init; }

    /// <summary>Times a step's episodes are gone through. Default 1: every gradient is of the policy that sampled.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Parts a step's episodes are cut into, each an update of its own. Default 1.</summary>
    public int MiniBatches { get; init; } = 1;

    /// <summary>Rounds of sampling at most, with <see cref="ZeroVariancePolicy.Resample"/>. Default 3.</summary>
    public int SamplingRounds { get; init; } = 3;

    /// <summary>Episodes kept for <see cref="ZeroVariancePolicy.Replay"/>; 0 (default) as many as a step has.</summary>
    public int ReplayCapacity { get; init; }

    /// <summary>Most tokens that go through the model at once when it learns; a longer episode goes alone. Default 8192.</summary>
    public int MicroBatchTokens { get; init; } = 8192;

    /// <summary>Learning rate, weight decay, clipping, and which parameters are trained. Default: 1e-6, constant, no weight decay.</summary>
    public OptimizationOptions Optimization { get; init; } = new() { LearningRate = 1e-6, Schedule = ScheduleShape.Constant, WeightDecay = 0 };

    /// <summary>Checkpoints.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new() { Every = 10 };

    /// <summary>When the agent is run on held-out examples, and when to stop because it gets no better.</summary>
    public EvaluationOptions Evaluation { get; init; } = new() { Every = 20 };

    /// <summary>When to raise an alarm.</summary>
    public AlarmOptions Alarms { get; init; } = new();

    /// <summary>Matrix products of learning in bfloat16, weights and their updates in float32. Default false.</summary>
    public bool Autocast { get; init; }

    /// <summary>Whether activations are computed again for the backward pass instead of kept. Default false.</summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>Seed of prompts' order, of all draws, and of what else the trainer draws. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps with a loss or gradient that is not a number (they change nothing) in a row before the run ends. Default 5.</summary>
    public int MaxBadSteps { get; init; } = 5;

    /// <summary>The part of it that is about learning from episodes.</summary>
    /// <param name="measuresStates">Whether rewards are given states.</param>
    internal GrpoLearnerOptions ForLearner(bool measuresStates) => new()
    {
        Objective = Objective,
        MeasuresStates = measuresStates,
        Epochs = Epochs,
        MiniBatches = MiniBatches,
        MicroBatchTokens = MicroBatchTokens,
        Autocast = Autocast,
        RecomputeActivations = RecomputeActivations,
        Seed = Seed,
    };

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range or does not fit another; the message says what to do.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(Steps, 1, nameof(Steps));
        OptionCheck.AtLeast(Prompts, 1, nameof(Prompts));
        OptionCheck.AtLeast(Epochs, 1, nameof(Epochs));
        OptionCheck.AtLeast(MiniBatches, 1, nameof(MiniBatches));
        OptionCheck.AtLeast(SamplingRounds, 1, nameof(SamplingRounds));
        OptionCheck.AtLeast(ReplayCapacity, 0, nameof(ReplayCapacity));
        OptionCheck.AtLeast(MicroBatchTokens, 0, nameof(MicroBatchTokens));
        OptionCheck.AtLeast(MaxBadSteps, 1, nameof(MaxBadSteps));
        Rollouts.Validate();
        if (Rollouts.GroupSize < 2)
            throw new PixelisException("Rollouts.GroupSize is 1: GRPO compares the episodes of a prompt with each other, and one alone teaches nothing. Set 2 or more, for example 8.");
        Objective.Validate();
        Optimization.Validate();
        Checkpoints.Validate();
        Evaluation.Validate();
        Alarms.Validate();
    }
}
