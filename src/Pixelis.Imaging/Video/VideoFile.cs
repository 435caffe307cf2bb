using Pixelis.Imaging.Native;

namespace Pixelis.Imaging.Video;

/// <summary>Videos from and to files.</summary>
public static class VideoFile
{
    /// <summary>Reads what a video's headers say.</summary>
    /// <inheritdoc cref="IVideoReader.Probe" />
    public static VideoInfo Probe(string path) => OpenCvVideoReader.Shared.Probe(path);

    /// <summary>Takes evenly spaced frames.</summary>
    /// <inheritdoc cref="IVideoReader.Sample" />
    public static VideoClip Load(string path, VideoSampling? sampling = null, CancellationToken cancellationToken = default) =>
        OpenCvVideoReader.Shared.Sample(path, sampling, cancellationToken);

    /// <summary>Writes frames as a Motion JPEG video in an AVI file.</summary>
    /// <param name="path">Where to write; must end in <c>.avi</c>. An existing file is replaced.</param>
    /// <param name="frames">At least one frame, all of the same size with even sides; alpha is dropped.</param>
    /// <param name="framesPerSecond">Rate, greater than 0.</param>
    /// <exception cref="PixelisException">The file cannot be written.</exception>
    public static unsafe void Save(string path, IReadOnlyList<PixelImage> frames, double framesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(frames);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(framesPerSecond);
        if (frames.Count == 0 || frames.Any(f => f.Width != frames[0].Width || f.Height != frames[0].Height))
            throw new ArgumentException("At least one frame is needed, and all must have the same size.", nameof(frames));
        if (!path.EndsWith(".avi", StringComparison.OrdinalIgnoreCase))
            throw new NotSupportedException($"{path}: only AVI files are written; give the file the extension .avi.");
        const int motionJpeg = 'M' | 'J' << 8 | 'P' << 16 | 'G' << 24;
        VisionStatus status = VisionMethods.pv_video_writer_open(
            Path.GetFullPath(path), motionJpeg, framesPerSecond, frames[0].Width, frames[0].Height, out VideoWriterHandle writer);
        using (writer)
        {
            foreach (PixelImage frame in frames)
            {
                fixed (byte* pixels = frame.ToRgb().Pixels.Span)
                    status = status == VisionStatus.Ok ? VisionMethods.pv_video_writer_add(writer, pixels) : status;
            }
        }
        if (status != VisionStatus.Ok)
            throw new PixelisException($"{path}: the video cannot be written: {VisionMethods.LastError()}.");
    }
}
