namespace Pixelis.Modeling;

/// <summary>An image or a video within a prompt: its placeholder tokens and its pixels.</summary>
/// <param name="Start">Index of its first placeholder token in the prompt.</param>
/// <param name="Length">Number of placeholder tokens.</param>
/// <param name="Grid">Its patch grid.</param>
/// <param name="Patches">Flattened patches in the model's order, <c>Grid.PatchCount</c> rows of equal length.</param>
public sealed record VisualInput(int Start, int Length, VisionGrid Grid, ReadOnlyMemory<float> Patches)
{
    /// <summary>Whether it is a video; false for an image.</summary>
    public bool IsVideo { get; init; }

    /// <summary>Seconds that one temporal patch of a video covers. Default 1.</summary>
    public double SecondsPerGrid { get; init; } = 1;

    /// <summary>What <see cref="Patches"/> were made of, for models that remember what they saw: equal keys mean equal patches. Default null: not known.</summary>
    public string? ContentKey { get; init; }

    /// <summary>Index after its last placeholder token.</summary>
    public int End => checked(Start + Length);
}
