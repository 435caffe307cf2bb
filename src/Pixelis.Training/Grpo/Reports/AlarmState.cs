namespace Pixelis.Training.Grpo;

/// <summary>What alarms remember.</summary>
internal sealed record AlarmState
{
    /// <summary>Of the newest steps, the newest last.</summary>
    public IReadOnlyList<double> ToolRates { get; init; } = [];

    public IReadOnlyList<double> Entropies { get; init; } = [];

    public IReadOnlyList<double> Rewards { get; init; } = [];

    /// <summary>Average of the first window; null until it is full.</summary>
    public double? FirstToolRate { get; init; }

    public double? FirstEntropy { get; init; }

    /// <summary>Steps in a row in which nothing could be learnt.</summary>
    public int DeadSteps { get; init; }

    /// <summary>The best held-out accuracy, and the reward when it was measured.</summary>
    public double? BestAccuracy { get; init; }

    public double RewardAtBest { get; init; }

    /// <summary>Alarms whose reason has not gone yet.</summary>
    public IReadOnlyList<string> Raised { get; init; } = [];
}
