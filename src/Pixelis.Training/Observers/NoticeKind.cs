namespace Pixelis.Training;

/// <summary>What a <see cref="TrainingNotice"/> tells.</summary>
public enum NoticeKind
{
    /// <summary>A checkpoint was written.</summary>
    CheckpointWritten,

    /// <summary>A checkpoint could not be written; the earlier ones are as they were.</summary>
    CheckpointFailed,

    /// <summary>A checkpoint is damaged and was passed over.</summary>
    CheckpointDamaged,

    /// <summary>The run goes on from a checkpoint.</summary>
    Resumed,

    /// <summary>A step's loss or gradient was not a finite number; it changed nothing.</summary>
    BadStep,

    /// <summary>An example could not be used.</summary>
    ExampleSkipped,

    /// <summary>The curriculum moved to another stage.</summary>
    StageChanged,

    /// <summary>A run goes wrong in a way that numbers alone would hide: tools given up, entropy gone, a reward that is gamed.</summary>
    Alarm,
}
