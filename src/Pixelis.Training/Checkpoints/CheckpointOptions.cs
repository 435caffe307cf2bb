namespace Pixelis.Training;

/// <summary>When checkpoints are written, and how many stay.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Folder of the run: checkpoints, logs, exports. Null (default) writes no checkpoints.</summary>
    public string? Folder { get; init; }

    /// <summary>Steps between checkpoints. Default 100. One more is written when the run ends or is cancelled.</summary>
    public int Every { get; init; } = 100;

    /// <summary>Newest checkpoints that stay; the best one stays beside them. Default 2.</summary>
    public int Keep { get; init; } = 2;

    internal void Validate()
    {
        OptionCheck.AtLeast(Every, 1, "Checkpoints.Every");
        OptionCheck.AtLeast(Keep, 1, "Checkpoints.Keep");
    }
}
