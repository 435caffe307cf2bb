using Pixelis.Modeling;

namespace Pixelis.Training.Grpo;

/// <summary>A picture of a replayed sample, but for its patches.</summary>
internal sealed record ReplayPicture
{
    public int Start { get; init; }

    public int Length { get; init; }

    public VisionGrid Grid { get; init; }

    public bool IsVideo { get; init; }

    public double SecondsPerGrid { get; init; }

    public string? ContentKey { get; init; }
}
