using Pixelis.Modeling;

namespace Pixelis.Training.Grpo;

/// <summary>A replayed sample in a checkpoint, but for its numbers, which are tensors beside it.</summary>
internal sealed record ReplayRecord
{
    public double Advantage { get; init; }

    public IReadOnlyList<TokenSpan> Spans { get; init; } = [];

    public IReadOnlyList<ReplayPicture> Pictures { get; init; } = [];
}
