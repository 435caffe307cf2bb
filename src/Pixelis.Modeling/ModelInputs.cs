using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>
/// What a forward pass reads. Owns its tensors: disposing the inputs disposes them.
/// </summary>
public sealed record ModelInputs : IDisposable
{
    /// <summary>Token ids, <c>int64 [B, L]</c>.</summary>
    public required Tensor InputIds { get; init; }

    /// <summary>1 = real token, 0 = padding, <c>int64 [B, L]</c>; null when nothing is padded. With a cache it covers only the new columns.</summary>
    public Tensor? AttentionMask { get; init; }

    /// <summary>Positions, <c>int64 [B, L]</c> or <c>[3, B, L]</c> (temporal, height, width); null lets the model work them out.</summary>
    public Tensor? PositionIds { get; init; }

    /// <summary>Flattened patches of all images, one image after the other, <c>float32 [patches, 1176]</c>; null without images.</summary>
    public Tensor? PixelValues { get; init; }

    /// <summary>One grid an image, in the order of their placeholders.</summary>
    public IReadOnlyList<VisionGrid> ImageGrids { get; init; } = [];

    /// <summary>
    /// What each image is (a hash of its content and of how it was processed), or null where that is not known: a model may remember what
    /// it saw under a key. One an image, or empty.
    /// </summary>
    public IReadOnlyList<string?> ImageKeys { get; init; } = [];

    /// <summary>Flattened patches of all videos, <c>float32 [patches, 1176]</c>; null without videos.</summary>
    public Tensor? PixelValuesVideos { get; init; }

    /// <summary>One grid a video, in the order of their placeholders.</summary>
    public IReadOnlyList<VisionGrid> VideoGrids { get; init; } = [];

    /// <summary>The same for videos, see <see cref="ImageKeys"/>.</summary>
    public IReadOnlyList<string?> VideoKeys { get; init; } = [];

    /// <summary>Seconds a temporal patch covers, one number a video; empty counts as 1.</summary>
    public IReadOnlyList<double> SecondsPerGrid { get; init; } = [];

    /// <summary>
    /// Lengths of the conversations that stand one after another in the only row (packing): each has positions of its own from 0 and looks at
    /// nothing outside itself, as if it were alone. They sum to L; no mask, no cache. Empty (default): a row is one conversation.
    /// </summary>
    public IReadOnlyList<int> SequenceLengths { get; init; } = [];

    /// <inheritdoc />
    public void Dispose()
    {
        InputIds.Dispose();
        AttentionMask?.Dispose();
        PositionIds?.Dispose();
        PixelValues?.Dispose();
        PixelValuesVideos?.Dispose();
    }
}
