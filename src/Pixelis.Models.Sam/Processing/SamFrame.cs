namespace Pixelis.Models.Sam;

/// <summary>How a picture lies in the model's square input: scaled, at the upper left corner.</summary>
/// <param name="SourceWidth">Columns of the picture.</param>
/// <param name="SourceHeight">Rows of the picture.</param>
/// <param name="Width">Columns after scaling.</param>
/// <param name="Height">Rows after scaling.</param>
internal readonly record struct SamFrame(int SourceWidth, int SourceHeight, int Width, int Height)
{
    /// <summary>
    /// Scales the longer side to <paramref name="longest"/>; the other is rounded half up, but is at least one pixel, where the
    /// reference would ask for an empty picture.
    /// </summary>
    public static SamFrame Of(int sourceWidth, int sourceHeight, int longest)
    {
        double scale = (double)longest / Math.Max(sourceWidth, sourceHeight);
        return new SamFrame(sourceWidth, sourceHeight, Math.Max(1, (int)(sourceWidth * scale + 0.5)), Math.Max(1, (int)(sourceHeight * scale + 0.5)));
    }

    /// <summary>The column in the input of a column of the picture.</summary>
    public float X(int x) => (float)(x * ((double)Width / SourceWidth));

    /// <summary>The row in the input of a row of the picture.</summary>
    public float Y(int y) => (float)(y * ((double)Height / SourceHeight));
}
