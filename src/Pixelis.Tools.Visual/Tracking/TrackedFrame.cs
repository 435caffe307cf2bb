namespace Pixelis.Tools.Visual;

/// <summary>Where a tracked object is in one frame.</summary>
/// <param name="Box">Its box; it may reach beyond the frame. While the object is lost: the tracker's best guess.</param>
/// <param name="Visible">Whether the tracker holds the object.</param>
/// <param name="Confidence">Likeness to what is known of the object, 0..1.</param>
public readonly record struct TrackedFrame(PixelRect Box, bool Visible, double Confidence);
