namespace Pixelis.Training.Grpo;

/// <summary>When a run is said to go wrong. An alarm is raised once and again only after its reason has gone.</summary>
public sealed record AlarmOptions
{
    /// <summary>Steps that are averaged, and whose average at the start is compared with. Default 10.</summary>
    public int Window { get; init; } = 10;

    /// <summary>Tool collapse: the share of episodes that call a tool is below this part of what it was. Default 0.5.</summary>
    public double ToolCollapse { get; init; } = 0.5;

    /// <summary>Entropy collapse: the entropy of tokens is below this part of what it was. Default 0.1.</summary>
    public double EntropyCollapse { get; init; } = 0.1;

    /// <summary>Dead gradients: steps in a row in which nothing could be learnt. Default 5.</summary>
    public int DeadSteps { get; init; } = 5;

    /// <summary>Suspicion of a gamed reward: held-out accuracy this far below its best while the reward is higher than it was then. Default 0.05.</summary>
    public double AccuracyLoss { get; init; } = 0.05;

    internal void Validate()
    {
        OptionCheck.AtLeast(Window, 1, "Alarms.Window");
        OptionCheck.AtLeast(ToolCollapse, 0, "Alarms.ToolCollapse");
        OptionCheck.AtLeast(EntropyCollapse, 0, "Alarms.EntropyCollapse");
        OptionCheck.AtLeast(DeadSteps, 1, "Alarms.DeadSteps");
        OptionCheck.AtLeast(AccuracyLoss, 0, "Alarms.AccuracyLoss");
    }
}
