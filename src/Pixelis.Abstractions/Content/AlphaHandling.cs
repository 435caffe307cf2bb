namespace Pixelis;

/// <summary>What becomes of an alpha channel when an image is turned into RGB.</summary>
public enum AlphaHandling
{
    /// <summary>The channel is dropped and the colour values stay as they are (what Qwen's processor does).</summary>
    Drop,

    /// <summary>The image is laid on a white ground.</summary>
    BlendOnWhite,
}
