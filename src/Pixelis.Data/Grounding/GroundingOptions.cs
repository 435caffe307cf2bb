namespace Pixelis.Data;

/// <summary>Which grounding scenes are drawn.</summary>
public sealed record GroundingOptions
{
    /// <summary>Train, validation or test. Default train.</summary>
    public PixelBenchSplit Split { get; init; } = PixelBenchSplit.Train;

    /// <summary>Tasks in the order in which they take turns; one may be named several times. Default all.</summary>
    public IReadOnlyList<GroundingTask> Tasks { get; init; } = Enum.GetValues<GroundingTask>();

    /// <summary>Questions about one picture, where a task has several, 1 to 8. Default 3.</summary>
    public int Questions { get; init; } = 3;

    /// <summary>1 (few objects) to 3. Default 1 to 3 in turn.</summary>
    public IReadOnlyList<int> Difficulties { get; init; } = [1, 2, 3];

    /// <summary>How large the model sees pictures: coordinates are written in its pixels.</summary>
    public SeenBudget Budget { get; init; } = new();

    /// <summary>Chooses among 65,536 sequences of scenes that share none. Default 0.</summary>
    public int Stream { get; init; }

    internal void Validate()
    {
        if (Tasks.Count == 0)
            throw new ArgumentException("Tasks must name at least one task.", nameof(Tasks));
        if (Questions is < 1 or > 8)
            throw new ArgumentException("Questions must be 1 to 8.", nameof(Questions));
        if (Difficulties.Count == 0 || Difficulties.Any(d => d is < 1 or > 3))
            throw new ArgumentException("Difficulties must name one or more of 1, 2 and 3.", nameof(Difficulties));
        if (Stream is < 0 or > ushort.MaxValue)
            throw new ArgumentException("Stream must be 0 to 65,535.", nameof(Stream));
    }
}
