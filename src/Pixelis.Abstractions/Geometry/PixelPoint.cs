namespace Pixelis;

/// <summary>A point in pixels of one image, origin at the top left.</summary>
/// <param name="X">Horizontal position.</param>
/// <param name="Y">Vertical position.</param>
public readonly record struct PixelPoint(double X, double Y);
