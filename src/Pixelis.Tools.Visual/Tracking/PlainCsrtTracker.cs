using Pixelis.Tools.Visual.Native;

namespace Pixelis.Tools.Visual;

/// <summary>
/// CSRT as OpenCV has it, with default parameters and nothing around it: the baseline that <see cref="CsrtObjectTracker"/> is measured
/// against. It says that it lost an object only when CSRT itself does, which is rare; the last box then stands. Without state and deterministic.
/// </summary>
public sealed class PlainCsrtTracker : IObjectTracker
{
    /// <inheritdoc />
    public IObjectTrack Start(PixelImage frame, PixelRect box)
    {
        ArgumentNullException.ThrowIfNull(frame);
        PixelRect part = box.Intersect(PixelRect.Of(frame));
        if (part.Width < 4 || part.Height < 4)
            throw new VisualArgumentException("box", $"[{box.X}, {box.Y}, {box.Width}, {box.Height}] (x, y, width, height) has fewer than 4 x 4 pixels inside the {frame.Width}x{frame.Height} frame.");
        return new Track(frame.ToRgb(), part);
    }

    private sealed class Track : IObjectTrack
    {
        private readonly VisualMethods.CsrtHandle _handle;
        private readonly int _width;
        private readonly int _height;

        internal unsafe Track(PixelImage frame, PixelRect box)
        {
            (_width, _height) = (frame.Width, frame.Height);
            int* given = stackalloc int[4] { box.X, box.Y, box.Width, box.Height };
            fixed (byte* pixels = frame.Pixels.Span)
                VisualMethods.Check(VisualMethods.pv_csrt_open(pixels, _width, _height, given, out _handle), "Starting a track");
            Current = new TrackedFrame(box, Visible: true, Confidence: 1);
        }

        public TrackedFrame Current { get; private set; }

        public unsafe TrackedFrame Next(PixelImage frame)
        {
            ArgumentNullException.ThrowIfNull(frame);
            ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
            if (frame.Width != _width || frame.Height != _height)
                throw new VisualArgumentException("frame", $"it is {frame.Width}x{frame.Height}, but the track began on {_width}x{_height} frames.");
            double* box = stackalloc double[4];
            int visible;
            fixed (byte* pixels = frame.ToRgb().Pixels.Span)
                VisualMethods.Check(VisualMethods.pv_csrt_update(_handle, pixels, _width, _height, box, out visible), "Tracking");
            var found = new PixelRect((int)box[0], (int)box[1], (int)box[2], (int)box[3]);
            return Current = new TrackedFrame(found, visible != 0, visible);
        }

        public void Dispose() => _handle.Dispose();
    }
}
