namespace Pixelis.Training.Grpo;

/// <summary>What the updates of a step did.</summary>
internal sealed record UpdateResult
{
    /// <summary>What the losses measured, over all updates of the step.</summary>
    public PolicyLossNumbers Numbers { get; init; } = PolicyLossNumbers.None;

    /// <summary>Norm of all gradients before clipping, of the last update; 0 when there was none.</summary>
    public double GradientNorm { get; init; }

    /// <summary>Updates made.</summary>
    public int Updates { get; init; }

    /// <summary>What was not a finite number; null when all was well.</summary>
    public string? Fault { get; init; }

    /// <summary>Tokens that went through the model, padding not counted.</summary>
    public int Tokens { get; init; }

    /// <summary>Whether all numbers were finite; <see cref="Updates"/> says whether anything has changed.</summary>
    public bool IsApplied => Fault is null;
}
