using Pixelis.Imaging;

namespace Pixelis.Cli.Tools;

/// <summary>A folder of numbered pictures as a video, as tracking data sets keep them.</summary>
internal static class FrameFolder
{
    private const double FramesPerSecond = 25; // nothing in such a folder says it

    /// <exception cref="PixelisException">There is no picture in it.</exception>
    public static VideoClip Load(string folder, CancellationToken cancellation)
    {
        string[] files = [.. Directory.EnumerateFiles(folder).Where(IsFrame).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
            throw new PixelisException($"{folder}: holds no .jpg or .png frames.");
        var frames = new List<VideoFrame>(files.Length);
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            frames.Add(new VideoFrame(ImageFile.Load(file), frames.Count, TimeSpan.FromSeconds(frames.Count / FramesPerSecond)));
        }
        if (frames.Find(frame => (frame.Image.Width, frame.Image.Height) != (frames[0].Image.Width, frames[0].Image.Height)) is { } odd)
            throw new PixelisException($"{files[odd.SourceIndex]}: all frames of a video have one size; this one differs from the first.");
        return new VideoClip(frames, FramesPerSecond);
    }

    private static bool IsFrame(string path) => Path.GetExtension(path).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png";
}
