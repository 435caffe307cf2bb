using Pixelis.Imaging.Native;

namespace Pixelis.Imaging.Video;

/// <summary>An open video, read forwards. Frames that are skipped are decoded but not converted, so that numbers and times are exact.</summary>
internal sealed class FrameStream : IDisposable
{
    private const long MostPixels = 100_000_000;
    private readonly string _path;
    private readonly VideoHandle _video;
    private readonly int _orientation;

    internal FrameStream(string path)
    {
        _path = Path.GetFullPath(path);
        RefuseUnknownContainers(_path);
        VisionStatus status = VisionMethods.pv_video_open(_path, out _video, out VisionMethods.NativeVideoInfo info);
        if (status != VisionStatus.Ok)
        {
            _video.Dispose();
            throw new VideoFormatException(path, $"{VisionMethods.LastError()}.");
        }
        (Width, Height, Rotation) = (info.Width, info.Height, info.Rotation);
        FramesPerSecond = double.IsFinite(info.FramesPerSecond) && info.FramesPerSecond is > 0 and < 100_000 ? info.FramesPerSecond : 25;
        StatedFrames = info.FrameCount is >= 1 and <= int.MaxValue ? (int)info.FrameCount : 0;
        _orientation = ImageOrientation.FromClockwiseDegrees(Rotation);
        if (Width <= 0 || Height <= 0 || (long)Width * Height > MostPixels)
        {
            _video.Dispose();
            throw new VideoFormatException(path, $"the frames claim a size of {Width}x{Height}; expected at least 1x1 and at most {MostPixels} pixels.");
        }
    }

    internal int Width { get; }

    internal int Height { get; }

    internal int Rotation { get; }

    internal double FramesPerSecond { get; }

    /// <summary>The container's number of frames; 0 when it gives none.</summary>
    internal int StatedFrames { get; }

    /// <summary>Number of the current frame; -1 before the first.</summary>
    internal int Index { get; private set; } = -1;

    public void Dispose() => _video.Dispose();

    /// <summary>Presentation time of the current frame.</summary>
    internal TimeSpan Timestamp { get; private set; }

    /// <summary>Moves to the next frame; false at the end.</summary>
    internal bool Next()
    {
        VisionStatus status = VisionMethods.pv_video_grab(_video, out double milliseconds);
        if (status == VisionStatus.End)
            return false;
        if (status != VisionStatus.Ok)
            throw new VideoFormatException(_path, $"frame {Index + 1} cannot be decoded: {VisionMethods.LastError()}.");
        Index++;
        double seconds = Math.Clamp(milliseconds / 1000, 0, TimeSpan.MaxValue.TotalSeconds / 2);
        Timestamp = TimeSpan.FromSeconds(Math.Round(seconds, 6));
        return true;
    }

    /// <summary>The current frame, upright.</summary>
    internal unsafe VideoFrame Current()
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(checked(Width * Height * 3));
        fixed (byte* target = rgb)
        {
            if (VisionMethods.pv_video_retrieve(_video, Width, Height, target) != VisionStatus.Ok)
                throw new VideoFormatException(_path, $"frame {Index} cannot be read: {VisionMethods.LastError()}.");
        }
        PixelImage stored = PixelImage.Wrap(Width, Height, PixelFormat.Rgb24, rgb);
        return new VideoFrame(ImageOrientation.Apply(stored, _orientation), Index, Timestamp);
    }

    private static void RefuseUnknownContainers(string path)
    {
        if (Directory.Exists(path)) // opening one says no more than "access denied"
            throw new VideoFormatException(path, "this is a folder: expected a video file.");
        Span<byte> start = stackalloc byte[512];
        using (FileStream file = File.OpenRead(path))
            start = start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!VideoContainer.IsKnown(start))
            throw new VideoFormatException(path, "not a video container: expected MP4, MOV, Matroska, WebM, AVI, MPEG, FLV, Ogg, ASF or GIF.");
    }
}
