namespace Pixelis.Trajectories;

/// <summary>A frame of a video in a trajectory.</summary>
/// <param name="Hash"><see cref="PixelImage.ContentHash"/> of the frame.</param>
/// <param name="SourceIndex">Zero-based number of the frame in the file it came from.</param>
/// <param name="Timestamp">Presentation time from the start of the video.</param>
public sealed record TrajectoryFrame(string Hash, int SourceIndex, TimeSpan Timestamp);
