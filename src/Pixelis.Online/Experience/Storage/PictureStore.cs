using Microsoft.Data.Sqlite;
using Pixelis.Imaging;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Online.Storage;

/// <summary>
/// The pictures and clips that questions brought, each picture once as a PNG named by its content hash. One stays as long as an
/// experience shows it.
/// </summary>
internal static class PictureStore
{
    public const string QuestionOrigin = "question";

    /// <summary>An episode's record with the frames of its clips named, and the pictures to keep.</summary>
    public static (Trajectory Record, IReadOnlyList<PixelImage> Pictures) Describe(Trajectory trajectory)
    {
        NumberedVisual[] media = [.. trajectory.Media.Where(m => m.Origin == QuestionOrigin)];
        TrajectoryInput[] inputs = [.. trajectory.Inputs.Select(input => Describe(input, media.FirstOrDefault(m => m.Number == input.Number)))];
        return (trajectory with { Inputs = inputs }, [.. media.SelectMany(PicturesOf)]);
    }

    /// <summary>Keeps pictures of an experience. A PNG that was not made before is made here.</summary>
    public static void Keep(SqliteConnection connection, long experience, IReadOnlyDictionary<string, (PixelImage Image, byte[]? Png)> pictures)
    {
        foreach ((string hash, (PixelImage image, byte[]? png)) in pictures)
        {
            if (!IsKept(connection, hash))
                connection.Run("INSERT INTO picture (hash, png) VALUES ($1, $2)", hash, png ?? Encode(image));
            connection.Run("INSERT INTO experience_picture (experience, hash) VALUES ($1, $2)", experience, hash);
        }
    }

    /// <summary>Forgets the pictures that only this experience shows. Called before it goes.</summary>
    public static void Release(SqliteConnection connection, long experience) => connection.Run(
        """
        DELETE FROM picture WHERE hash IN (SELECT hash FROM experience_picture WHERE experience = $1)
            AND NOT EXISTS (SELECT 1 FROM experience_picture AS other WHERE other.hash = picture.hash AND other.experience <> $1)
        """,
        experience);

    public static bool IsKept(SqliteConnection connection, string hash) =>
        connection.One<long>("SELECT 1 FROM picture WHERE hash = $1", hash) == 1;

    public static byte[] Encode(PixelImage image) => OpenCvImageCodec.Shared.Encode(image, ImageFileFormat.Png);

    /// <summary>The episode with the pictures and clips of its question that are kept.</summary>
    public static Trajectory WithMedia(SqliteConnection connection, Trajectory trajectory, string source)
    {
        var media = new List<NumberedVisual>();
        foreach (TrajectoryInput input in trajectory.Inputs.Where(i => i.Origin == QuestionOrigin))
        {
            PixelImage? image = input.FrameCount == 0 ? Find(connection, input.Hash, source) : null;
            VideoClip? clip = input.FrameCount == 0 ? null : FindClip(connection, input, source);
            if (image is not null || clip is not null)
                media.Add(Visual(input, image, clip));
        }
        return trajectory with { Media = media };
    }

    private static IEnumerable<PixelImage> PicturesOf(NumberedVisual medium) =>
        medium.Image is { } image ? [image] : medium.Clip!.Frames.Select(f => f.Image);

    private static TrajectoryInput Describe(TrajectoryInput input, NumberedVisual? medium) =>
        medium?.Clip is not { } clip
            ? input
            : input with { Frames = [.. clip.Frames.Select(f => new TrajectoryFrame(f.Image.ContentHash, f.SourceIndex, f.Timestamp))] };

    private static VideoClip? FindClip(SqliteConnection connection, TrajectoryInput input, string source)
    {
        if (input.Frames.Count != input.FrameCount)
            return null;
        var frames = new List<VideoFrame>();
        foreach (TrajectoryFrame frame in input.Frames)
        {
            if (Find(connection, frame.Hash, source) is not { } image)
                return null;
            frames.Add(new VideoFrame(image, frame.SourceIndex, frame.Timestamp));
        }
        try
        {
            return new VideoClip(frames, input.FramesPerSecond, input.Path);
        }
        catch (ArgumentException e)
        {
            throw new ExperienceStoreException(source, $"input {input.Number} is no video: {e.Message}", e);
        }
    }

    private static PixelImage? Find(SqliteConnection connection, string hash, string source)
    {
        if (connection.One<byte[]>("SELECT png FROM picture WHERE hash = $1", hash) is not { } png)
            return null;
        PixelImage image = OpenCvImageCodec.Shared.Decode(png, new ImageDecodeOptions { MaxPixels = int.MaxValue });
        return image.ContentHash == hash
            ? image
            : throw new ExperienceStoreException(source, $"the picture {hash} is another one; the database was changed from outside.");
    }

    private static NumberedVisual Visual(TrajectoryInput input, PixelImage? image, VideoClip? clip) => new()
    {
        Number = input.Number,
        Image = image,
        Clip = clip,
        SeenWidth = input.SeenWidth,
        SeenHeight = input.SeenHeight,
        Origin = input.Origin,
        Parent = input.Parent,
        ParentBox = input.ParentBox,
    };
}
