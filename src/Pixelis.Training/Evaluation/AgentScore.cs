using Pixelis.Trajectories;

namespace Pixelis.Training;

/// <summary>What running the agent showed.</summary>
/// <param name="Accuracy">Share of right answers, 0 to 1.</param>
/// <param name="Count">Examples that were run.</param>
public sealed record AgentScore(double Accuracy, int Count)
{
    /// <summary>Accuracy of each family of tasks, 0 to 1.</summary>
    public IReadOnlyDictionary<string, double> Families { get; init; } = new Dictionary<string, double>();

    /// <summary>Further numbers by name, for the logs: calls, tokens, invalid calls.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Some episodes to look at, for the report.</summary>
    public IReadOnlyList<Trajectory> Samples { get; init; } = [];
}
