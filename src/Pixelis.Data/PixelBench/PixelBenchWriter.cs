using Pixelis.Imaging;

namespace Pixelis.Data;

/// <summary>Writes examples as a folder: one JSON Lines file, pictures as PNG, clips as folders of PNG frames.</summary>
public static class PixelBenchWriter
{
    /// <summary>Writes examples one by one; nothing but the lines is kept in memory.</summary>
    /// <param name="folder">Where to write; made where it is missing.</param>
    /// <param name="name">Name of the JSON Lines file without its extension, such as "train".</param>
    /// <param name="examples">Examples with their media in memory.</param>
    /// <param name="progress">Hears of each example written.</param>
    /// <param name="cancellationToken">Stops after the example at hand; the JSON Lines file is then not written.</param>
    /// <returns>How many were written.</returns>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static long Write(string folder, string name, IEnumerable<Example> examples, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(examples);
        Directory.CreateDirectory(folder);
        long written = 0;
        ExampleJsonLines.Write(Path.Combine(folder, name + ".jsonl"), examples.Select(example =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Example saved = SaveMedia(example, folder);
            written++;
            progress?.Report(written);
            return saved;
        }));
        return written;
    }

    /// <summary>Writes an example's media under <paramref name="folder"/>/media and returns the example with their paths and hashes.</summary>
    public static Example SaveMedia(Example example, string folder)
    {
        ArgumentNullException.ThrowIfNull(example);
        Directory.CreateDirectory(Path.Combine(folder, "media"));
        return example with { Media = [.. example.Media.Select((m, i) => Save(m, example.Media.Count == 1 ? example.Id : $"{example.Id}-{i + 1}", folder))] };
    }

    private static ExampleMedia Save(ExampleMedia media, string name, string folder)
    {
        string path = "media/" + name + (media.Image is null ? "" : ".png");
        switch (media)
        {
            case { Image: { } image }:
                ImageFile.Save(image, Path.Combine(folder, path));
                return media with { Path = path, Hash = image.ContentHash };
            case { Clip: { } clip }:
                FrameFolder.Save(clip, Path.Combine(folder, path));
                return media with { Path = path, Hash = clip.Frames[0].Image.ContentHash };
            default:
                return media;
        }
    }
}
