namespace Pixelis.Tools.Visual;

/// <summary>A track in progress: it takes further frames, in order of time, until it is disposed of. Not thread-safe.</summary>
public interface IObjectTrack : IDisposable
{
    /// <summary>Where the object was last, with the first frame's box at the start.</summary>
    TrackedFrame Current { get; }

    /// <summary>Looks for the object in the next frame.</summary>
    /// <param name="frame">A frame of the same size as the first.</param>
    /// <exception cref="VisualArgumentException">The frame has another size.</exception>
    TrackedFrame Next(PixelImage frame);
}
