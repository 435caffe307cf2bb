namespace Pixelis.Training;

/// <summary>What supervised fine-tuning remembers: where it is in the data and in the curriculum.</summary>
internal sealed record SftState
{
    public BatchPlace Place { get; init; }

    public long SkippedExamples { get; init; }

    public CurriculumState? Curriculum { get; init; }
}
