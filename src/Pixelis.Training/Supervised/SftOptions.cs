namespace Pixelis.Training;

/// <summary>Settings of supervised fine-tuning.</summary>
public sealed record SftOptions
{
    /// <summary>Optimizer steps. Default 1000.</summary>
    public int Steps { get; init; } = 1000;

    /// <summary>Batches.</summary>
    public SftDataOptions Data { get; init; } = new();

    /// <summary>Learning rate, weight decay, clipping, and which parameters are trained.</summary>
    public OptimizationOptions Optimization { get; init; } = new();

    /// <summary>Checkpoints.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>When to measure, and when to stop because it gets no better.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Stages of difficulty; null (default) for none.</summary>
    public CurriculumOptions? Curriculum { get; init; }

    /// <summary>Matrix products in bfloat16, weights and their updates in float32. Default false: float32 throughout, and bit-for-bit reproducible on the CPU.</summary>
    public bool Autocast { get; init; }

    /// <summary>
    /// Whether activations within a decoder layer are computed again for the backward pass instead of kept: about a third more time, and
    /// memory for one layer instead of all. Default false.
    /// </summary>
    public bool RecomputeActivations { get; init; }

    /// <summary>Seed of everything the trainer itself draws, such as dropout of adapters. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Steps with a loss or gradient that is not a number (they change nothing) in a row before the run ends. Default 5.</summary>
    public int MaxBadSteps { get; init; } = 5;

    /// <summary>Refuses settings that cannot work.</summary>
    /// <exception cref="PixelisException">A value is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.AtLeast(Steps, 1, nameof(Steps));
        OptionCheck.AtLeast(MaxBadSteps, 1, nameof(MaxBadSteps));
        Data.Validate();
        Optimization.Validate();
        Checkpoints.Validate();
        Evaluation.Validate();
        Curriculum?.Validate();
    }
}
