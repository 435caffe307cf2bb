namespace Pixelis.Training.Grpo;

/// <summary>The replay buffer in a checkpoint.</summary>
internal sealed record ReplayFile
{
    public long Draws { get; init; }

    public IReadOnlyList<ReplayRecord> Samples { get; init; } = [];
}
