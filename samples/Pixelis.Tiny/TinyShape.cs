namespace Pixelis.Tiny;

/// <summary>Sizes of pixelis-tiny: the Qwen2.5-VL architecture, a few million parameters.</summary>
internal static class TinyShape
{
    public const int Hidden = 256;
    public const int Layers = 6;
    public const int Heads = 4;
    public const int KeyValueHeads = 2;
    public const int FeedForward = 704;
    public const int Context = 2048;
    public const int VisionHidden = 128;
    public const int VisionDepth = 4;
    public const int VisionHeads = 4;
    public const int VisionFeedForward = 384;
    public const int VocabularySize = 544;

    /// <summary>Of the first weights. Qwen's 0.02 suits matrices of thousands of columns; with these few it leaves the layers next to silent.</summary>
    public const double InitialDeviation = 0.06;

    /// <summary>
    /// A hundredth of Qwen's base: fast waves come first, and rows and columns get those that turn from one to the next; slow ones are left
    /// over, by which a token can find an earlier one like it far back.
    /// </summary>
    public const double RopeTheta = 10_000;

    /// <summary>Pairs of a head's dimensions that carry time, height and width.</summary>
    public const int TimePairs = 2, HeightPairs = 4, WidthPairs = 26;

    /// <summary>Pictures are seen at 112 x 112, frames of clips at 56 x 56: the detail is in the source only.</summary>
    public const int MaxPixels = 112 * 112, MaxFramePixels = 56 * 56;
}
