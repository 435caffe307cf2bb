using Pixelis.Imaging;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Replays;

/// <summary>
/// A trajectory with its pictures in a folder: <c>trajectory.json</c> and, in <c>media</c>, each picture once as a PNG that its content hash
/// names. A JSON line alone says which pictures there were, not what is on them.
/// </summary>
public static class TrajectoryFolder
{
    private const string FileName = "trajectory.json";
    private const string MediaName = "media";

    /// <summary>Writes a trajectory and its media. Pictures that are there already are kept; the record is written last.</summary>
    /// <param name="trajectory">The record, with its <see cref="Trajectory.Media"/>.</param>
    /// <param name="folder">Made if missing.</param>
    /// <param name="cancellationToken">Checked between pictures.</param>
    /// <exception cref="TrajectoryFormatException">The pixels of an input are not at hand.</exception>
    public static void Save(Trajectory trajectory, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trajectory);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string media = Path.Combine(folder, MediaName);
        Directory.CreateDirectory(media);
        TrajectoryInput[] inputs = [.. trajectory.Inputs.Select(input => SaveInput(trajectory, input, media, cancellationToken))];
        TrajectoryJson.Save(trajectory with { Inputs = inputs }, Path.Combine(folder, FileName));
    }

    /// <summary>Reads a trajectory and its media, and checks every picture against its hash.</summary>
    /// <param name="folder">What <see cref="Save"/> wrote.</param>
    /// <param name="cancellationToken">Checked between pictures.</param>
    /// <exception cref="TrajectoryFormatException">The record cannot be read, or a picture is missing or is another one.</exception>
    public static Trajectory Load(string folder, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Trajectory trajectory = TrajectoryJson.Load(Path.Combine(folder, FileName));
        string media = Path.Combine(folder, MediaName);
        return trajectory with { Media = [.. trajectory.Inputs.Select(input => LoadInput(input, media, cancellationToken))] };
    }

    private static TrajectoryInput SaveInput(Trajectory trajectory, TrajectoryInput input, string media, CancellationToken cancellationToken)
    {
        NumberedVisual medium = trajectory.Media.FirstOrDefault(m => m.Number == input.Number)
            ?? throw new TrajectoryFormatException(trajectory.Id, $"the pixels of input {input.Number} are not at hand, so they cannot be saved.");
        if (medium.Image is { } image)
        {
            SaveImage(image, media, cancellationToken);
            return input;
        }
        foreach (VideoFrame frame in medium.Clip!.Frames)
            SaveImage(frame.Image, media, cancellationToken);
        return input with { Frames = [.. medium.Clip.Frames.Select(f => new TrajectoryFrame(f.Image.ContentHash, f.SourceIndex, f.Timestamp))] };
    }

    private static void SaveImage(PixelImage image, string media, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(image.ContentHash, media);
        if (File.Exists(path))
            return;
        byte[] png = OpenCvImageCodec.Shared.Encode(image, ImageFileFormat.Png);
        AtomicFile.Write(path, stream => stream.Write(png));
    }

    private static NumberedVisual LoadInput(TrajectoryInput input, string media, CancellationToken cancellationToken) => new()
    {
        Number = input.Number,
        Image = input.FrameCount == 0 ? LoadImage(input.Hash, media, cancellationToken) : null,
        Clip = input.FrameCount == 0 ? null : LoadClip(input, media, cancellationToken),
        SeenWidth = input.SeenWidth,
        SeenHeight = input.SeenHeight,
        Origin = input.Origin,
        Parent = input.Parent,
        ParentBox = input.ParentBox,
    };

    private static VideoClip LoadClip(TrajectoryInput input, string media, CancellationToken cancellationToken)
    {
        if (input.Frames.Count != input.FrameCount)
            throw new TrajectoryFormatException(media, $"input {input.Number} has {input.FrameCount} frames, of which {input.Frames.Count} were saved.");
        VideoFrame[] frames = [.. input.Frames.Select(f => new VideoFrame(LoadImage(f.Hash, media, cancellationToken), f.SourceIndex, f.Timestamp))];
        try
        {
            return new VideoClip(frames, input.FramesPerSecond, input.Path);
        }
        catch (ArgumentException e)
        {
            throw new TrajectoryFormatException(media, $"input {input.Number} is no video: {e.Message}", e);
        }
    }

    private static PixelImage LoadImage(string hash, string media, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = PathOf(hash, media);
        if (!File.Exists(path))
            throw new TrajectoryFormatException(path, "the picture is missing.");
        PixelImage image = ImageFile.Load(path, new ImageDecodeOptions { MaxPixels = int.MaxValue });
        return image.ContentHash == hash
            ? image
            : throw new TrajectoryFormatException(path, $"the picture's content hash is {image.ContentHash}; the file was changed.");
    }

    // The hash comes from a file, so it must not be able to name another folder.
    private static string PathOf(string hash, string media) =>
        hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(media, hash + ".png")
            : throw new TrajectoryFormatException(media, $"'{(hash.Length <= 80 ? hash : hash[..80])}' is no content hash; expected 64 lower-case hexadecimal digits.");
}
