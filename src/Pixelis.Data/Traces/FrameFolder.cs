using System.Globalization;
using Pixelis.Imaging;

namespace Pixelis.Data;

/// <summary>Clips as folders of pictures in order of their names: nothing is lost, unlike in a video file.</summary>
public static class FrameFolder
{
    /// <summary>Most frames a folder may hold.</summary>
    public const int MaxFrames = 768;

    /// <summary>Reads a clip.</summary>
    /// <param name="path">The folder; its .png and .jpg files are the frames.</param>
    /// <param name="framesPerSecond">The rate; 0 or less is read as 2.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="VideoFormatException">It holds no frames, too many, or frames of different sizes.</exception>
    public static VideoClip Load(string path, double framesPerSecond, CancellationToken cancellationToken = default)
    {
        double rate = framesPerSecond > 0 && double.IsFinite(framesPerSecond) ? framesPerSecond : 2;
        string[] files = [.. Directory.GetFiles(path).Where(f => Path.GetExtension(f).ToLowerInvariant() is ".png" or ".jpg" or ".jpeg").Order(StringComparer.Ordinal)];
        if (files.Length is 0 or > MaxFrames)
            throw new VideoFormatException(path, $"{files.Length} pictures; expected 1 to {MaxFrames} frames as .png or .jpg.");
        var frames = new VideoFrame[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            frames[i] = new VideoFrame(ImageFile.Load(files[i]), i, TimeSpan.FromSeconds(i / rate));
            if (frames[i].Image.Width != frames[0].Image.Width || frames[i].Image.Height != frames[0].Image.Height)
                throw new VideoFormatException(files[i], $"{frames[i].Image.Width}x{frames[i].Image.Height} pixels; the first frame has {frames[0].Image.Width}x{frames[0].Image.Height}.");
        }
        return new VideoClip(frames, rate, path);
    }

    /// <summary>Writes a clip's frames as 0001.png, 0002.png and so on; the folder is made where it is missing.</summary>
    public static void Save(VideoClip clip, string path)
    {
        ArgumentNullException.ThrowIfNull(clip);
        Directory.CreateDirectory(path);
        for (int i = 0; i < clip.Frames.Count; i++)
            ImageFile.Save(clip.Frames[i].Image, Path.Combine(path, (i + 1).ToString("0000", CultureInfo.InvariantCulture) + ".png"));
    }
}
