using Pixelis.Imaging;
using Pixelis.Imaging.Video;

namespace Pixelis.Data;

/// <summary>Brings the pixels of examples into memory.</summary>
public static class MediaLoader
{
    /// <summary>The example with all its media in memory.</summary>
    /// <param name="example">The example.</param>
    /// <param name="folder">What relative paths are relative to: the folder of the dataset's file.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="DatasetFormatException">A file is missing or cannot be read; the message names it and the example.</exception>
    public static Example Load(Example example, string folder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(folder);
        return example.Media.All(m => m.IsLoaded)
            ? example
            : example with { Media = [.. example.Media.Select((m, i) => Load(m, i, example.Id, folder, cancellationToken))] };
    }

    private static ExampleMedia Load(ExampleMedia media, int index, string id, string folder, CancellationToken cancellationToken)
    {
        if (media.IsLoaded)
            return media;
        string field = $"media[{index}].path";
        if (media.Path is not { } relative)
            throw new DatasetFormatException(id, 0, field, "is missing, and the pixels are not in memory.");
        string path = Path.GetFullPath(Path.Combine(folder, relative));
        try
        {
            return media.Kind == MediaKind.Image
                ? With(media, ImageFile.Load(path), null)
                : With(media, null, Directory.Exists(path) ? FrameFolder.Load(path, media.FramesPerSecond, cancellationToken) : VideoFile.Load(path, cancellationToken: cancellationToken));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DatasetFormatException(id, 0, field, $"{path}: there is no such file.", e);
        }
        catch (Exception e) when (e is ImageFormatException or ImageTooLargeException or VideoFormatException or IOException)
        {
            throw new DatasetFormatException(id, 0, field, e.Message, e);
        }
    }

    private static ExampleMedia With(ExampleMedia media, PixelImage? image, VideoClip? clip) => (image, clip) switch
    {
        ({ } i, _) => media with { Image = i, Width = i.Width, Height = i.Height },
        (_, { } c) => media with { Clip = c, Width = c.Width, Height = c.Height, FrameCount = c.Frames.Count, FramesPerSecond = c.FramesPerSecond },
        _ => media,
    };
}
