namespace Pixelis.Tools.Visual;

/// <summary>Follows one object through frames. Implementations are safe to call from several threads; a track is not.</summary>
public interface IObjectTracker
{
    /// <summary>Starts a track on its first frame. The caller disposes of the track.</summary>
    /// <param name="frame">The frame in which the object's box is known.</param>
    /// <param name="box">The object's box in that frame, at least 4 x 4 pixels inside it.</param>
    /// <exception cref="VisualArgumentException">The box has fewer than 4 x 4 pixels inside the frame.</exception>
    IObjectTrack Start(PixelImage frame, PixelRect box);
}
