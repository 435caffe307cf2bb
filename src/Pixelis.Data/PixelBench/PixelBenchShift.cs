namespace Pixelis.Data;

/// <summary>What looks otherwise than in the usual scenes: to measure how well what was learnt carries over.</summary>
[Flags]
public enum PixelBenchShift
{
    /// <summary>Nothing: the usual scenes.</summary>
    None = 0,

    /// <summary>Letters narrow or broad, slanted, thin.</summary>
    Letters = 1,

    /// <summary>What is engraved is bricks of two pixels, fainter, where it was checks of one.</summary>
    Engravings = 2,

    /// <summary>Colours stray twice as far from their names.</summary>
    Colors = 4,

    /// <summary>Checked and crosshatched backdrops, in stronger tints.</summary>
    Backdrops = 8,

    /// <summary>More noise on every pixel.</summary>
    Noise = 16,

    /// <summary>Objects smaller, less in their places and more ragged; type larger.</summary>
    Sizes = 32,

    /// <summary>Everything above.</summary>
    All = Letters | Engravings | Colors | Backdrops | Noise | Sizes,
}
