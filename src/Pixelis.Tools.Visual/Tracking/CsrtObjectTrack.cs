using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual;

/// <summary>A track whose state lives in the vision shim.</summary>
internal sealed class CsrtObjectTrack : IObjectTrack
{
    private readonly VisualMethods.TrackerHandle _handle;
    private readonly int _width;
    private readonly int _height;

    private unsafe CsrtObjectTrack(PixelImage rgb, PixelRect box, bool plain)
    {
        (_width, _height) = (rgb.Width, rgb.Height);
        int* given = stackalloc int[4] { box.X, box.Y, box.Width, box.Height };
        fixed (byte* pixels = rgb.Pixels.Span)
            VisualMethods.Check(VisualMethods.pv_tracker_open(pixels, _width, _height, given, plain ? 1 : 0, out _handle), "Starting a track");
        Current = new TrackedFrame(box, Visible: true, Confidence: 1);
    }

    public TrackedFrame Current { get; private set; }

    /// <summary>Starts a track; <paramref name="plain"/> leaves out what <see cref="CsrtObjectTracker"/> adds to CSRT.</summary>
    /// <exception cref="VisualArgumentException">The box has fewer than 4 x 4 pixels inside the frame.</exception>
    internal static CsrtObjectTrack Start(PixelImage frame, PixelRect box, bool plain)
    {
        ArgumentNullException.ThrowIfNull(frame);
        PixelRect part = box.Intersect(PixelRect.Of(frame));
        return part.Width >= 4 && part.Height >= 4
            ? new CsrtObjectTrack(frame.ToRgb(), part, plain)
            : throw new VisualArgumentException("box", $"[{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height) has fewer than 4 x 4 pixels inside the {frame.Width}x{frame.Height} frame.");
    }

    public unsafe TrackedFrame Next(PixelImage frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        if (frame.Width != _width || frame.Height != _height)
            throw new VisualArgumentException("frame", $"it is {frame.Width}x{frame.Height}, but the track began on {_width}x{_height} frames.");
        double* box = stackalloc double[4];
        int visible;
        double score;
        fixed (byte* pixels = frame.ToRgb().Pixels.Span)
            VisualMethods.Check(VisualMethods.pv_tracker_update(_handle, pixels, _width, _height, box, out visible, out score), "Tracking");
        var found = new PixelRect((int)Math.Round(box[0]), (int)Math.Round(box[1]), (int)Math.Round(box[2]), (int)Math.Round(box[3]));
        return Current = new TrackedFrame(found, visible != 0, score);
    }

    public void Dispose() => _handle.Dispose();
}
