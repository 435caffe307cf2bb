namespace Pixelis;

/// <summary>What the numbers mean in which a model writes places.</summary>
public enum CoordinateSpace
{
    /// <summary>Pixels of the image as the model saw it, after its processor's resize (Qwen2.5-VL).</summary>
    SeenPixels,

    /// <summary>Fractions of width and height, 0..1 (Pixel-Reasoner's normalised crops).</summary>
    Normalized,

    /// <summary>Thousandths of width and height, 0..1000 (Qwen3-VL).</summary>
    Thousandths,
}
