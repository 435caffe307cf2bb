namespace Pixelis.Online.State;

/// <summary>What learning while serving is doing at one moment. Lists are newest first; a hundred items each are enough.</summary>
public sealed record OnlineSnapshot
{
    /// <summary>What it may do.</summary>
    public required OnlineMode Mode { get; init; }

    /// <summary>Name of the version that answers now; <c>base</c> for the model as loaded.</summary>
    public required string ServedVersion { get; init; }

    /// <summary>How many experiences it has, at least 0.</summary>
    public required long Experiences { get; init; }

    /// <summary>From how many experiences on it learns (<see cref="Online.ColdStart"/>); 0 for from the first.</summary>
    public long LearnsFrom { get; init; }

    /// <summary>What became of the last answers.</summary>
    public IReadOnlyList<AnswerState> Answers { get; init; } = [];

    /// <summary>The last versions, those that were not published too.</summary>
    public IReadOnlyList<VersionState> Versions { get; init; } = [];

    /// <summary>The last updates.</summary>
    public IReadOnlyList<UpdateState> Updates { get; init; } = [];

    /// <summary>What waits, queue by queue, always in the same order.</summary>
    public IReadOnlyList<QueueState> Queues { get; init; } = [];
}
