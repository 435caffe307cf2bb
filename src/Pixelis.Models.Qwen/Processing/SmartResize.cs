namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// The size at which Qwen's vision tower sees a picture: both sides multiples of a factor, the area between two limits, the aspect
/// ratio kept as well as that allows. Double precision throughout, as in the reference, because halves are rounded to even.
/// </summary>
public static class SmartResize
{
    /// <summary>The largest accepted ratio of the longer to the shorter side.</summary>
    public const double LargestAspectRatio = 200;

    /// <summary>Works out the size.</summary>
    /// <param name="height">Height of the picture in pixels, at least 1.</param>
    /// <param name="width">Width of the picture in pixels, at least 1.</param>
    /// <param name="factor">Both results are multiples of this: patch size times merge size, 28 for released models.</param>
    /// <param name="minPixels">Least area of the result in pixels.</param>
    /// <param name="maxPixels">Largest area of the result in pixels. A very long picture may exceed it, because no side falls below <paramref name="factor"/>.</param>
    /// <exception cref="ImageShapeException">The longer side is more than 200 times the shorter.</exception>
    public static (int Height, int Width) Fit(int height, int width, int factor, long minPixels, long maxPixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(factor);
        if ((double)Math.Max(height, width) / Math.Min(height, width) > LargestAspectRatio)
            throw new ImageShapeException($"A picture of {width}x{height} is too narrow: the longer side may be at most {LargestAspectRatio} times the shorter.");
        double roundedHeight = Math.Round((double)height / factor, MidpointRounding.ToEven) * factor;
        double roundedWidth = Math.Round((double)width / factor, MidpointRounding.ToEven) * factor;
        double area = (double)height * width;
        if (roundedHeight * roundedWidth > maxPixels)
        {
            double beta = Math.Sqrt(area / maxPixels);
            roundedHeight = Math.Max(factor, Math.Floor(height / beta / factor) * factor);
            roundedWidth = Math.Max(factor, Math.Floor(width / beta / factor) * factor);
        }
        else if (roundedHeight * roundedWidth < minPixels)
        {
            double beta = Math.Sqrt(minPixels / area);
            roundedHeight = Math.Ceiling(height * beta / factor) * factor;
            roundedWidth = Math.Ceiling(width * beta / factor) * factor;
        }
        // Only limits below one unit leave a side at zero.
        return ((int)Math.Max(factor, roundedHeight), (int)Math.Max(factor, roundedWidth));
    }
}
