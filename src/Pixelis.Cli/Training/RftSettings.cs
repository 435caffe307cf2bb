using Pixelis.Training.Grpo;

namespace Pixelis.Cli.Training;

/// <summary>What <c>pixelis train rft</c> was asked for.</summary>
internal sealed record RftSettings
{
    public required TrainedModelChoice Weights { get; init; }

    /// <summary>Prompts: a file of examples, or PixelBench.</summary>
    public required string Data { get; init; }

    public required string Folder { get; init; }

    public required GrpoOptions Options { get; init; }

    public required RewardChoice Reward { get; init; }

    /// <summary>Parts of the reward whose weights differ from the preset's.</summary>
    public IReadOnlyDictionary<string, double> RewardWeights { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether a curiosity module learns beside the policy.</summary>
    public bool HasCuriosityModule { get; init; }

    /// <summary>Whether the reward's parts are switched on one after the other.</summary>
    public bool HasCurriculum { get; init; }

    public int AgentExamples { get; init; }

    public int? Threads { get; init; }

    public bool SkipsBrokenLines { get; init; }
}

/// <summary>The rewards that can be asked for by name.</summary>
internal enum RewardChoice
{
    PixelBench,
    Task,
    PixelReasoner,
    ReasonRft,
}
