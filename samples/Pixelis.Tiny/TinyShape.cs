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
    /// Slow enough waves for a context of two thousand tokens, fast enough for rows and columns that differ by one: from Qwen's base of a
    /// million, the waves that carry columns would hardly turn from one column to the next.
    /// </summary>
    public const double RopeTheta = 100;

    /// <summary>Pairs of a head's dimensions that carry time, height and width.</summary>
    public const int TimePairs = 4, HeightPairs = 14, WidthPairs = 14;

    /// <summary>Pictures are seen at 112 x 112, frames of clips at 56 x 56: the detail is in the source only.</summary>
    public const int MaxPixels = 112 * 112, MaxFramePixels = 56 * 56;
}
