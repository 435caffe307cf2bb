namespace Pixelis.Evaluation;

/// <summary>How an evaluation is run.</summary>
public sealed record AgentEvaluationOptions
{
    /// <summary>Episodes that run at the same time, at least 1; a local model decodes them as one batch. Default 4.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>
    /// Seed of the draws where the agent samples: each example's own is made of it and the example's id, so that order does not matter.
    /// Default 0.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>Failed episodes after which the run ends when not a single one has worked: then it is the set-up that is wrong. Default 3.</summary>
    public int MaxFailures { get; init; } = 3;

    internal void Validate()
    {
        if (Concurrency < 1)
            throw new ArgumentException($"Concurrency must be at least 1, not {Concurrency}.", nameof(Concurrency));
        if (MaxFailures < 1)
            throw new ArgumentException($"MaxFailures must be at least 1, not {MaxFailures}.", nameof(MaxFailures));
    }
}
