namespace Pixelis.Agents;

/// <summary>How large a model's processor lets it see a picture.</summary>
/// <param name="MinPixels">Least area in pixels.</param>
/// <param name="MaxPixels">Largest area of a picture in pixels.</param>
/// <param name="MaxFramePixels">Largest area of a video's frame in pixels.</param>
public sealed record PixelBudget(long MinPixels, long MaxPixels, long MaxFramePixels);
