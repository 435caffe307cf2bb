namespace Pixelis.Imaging;

/// <summary>Images from and to files, with errors that name the file.</summary>
public static class ImageFile
{
    /// <summary>Reads an image file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">The file is not a readable image.</exception>
    /// <exception cref="ImageTooLargeException">The file, or the picture its header promises, is larger than the limits.</exception>
    public static PixelImage Load(string path, ImageDecodeOptions? options = null) => OpenCvImageCodec.Shared.DecodeFile(path, options);

    /// <summary>Reads an image file with a codec of your choice.</summary>
    /// <inheritdoc cref="Load(string, ImageDecodeOptions?)" />
    public static PixelImage DecodeFile(this IImageCodec codec, string path, ImageDecodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(codec);
        options ??= new ImageDecodeOptions();
        return Naming(path, () => codec.Decode(ReadBounded(path, options.MaxFileBytes), options));
    }

    /// <summary>Reads what a file's header says.</summary>
    /// <inheritdoc cref="Load(string, ImageDecodeOptions?)" />
    public static ImageInfo Identify(string path, ImageDecodeOptions? options = null) =>
        Naming(path, () => OpenCvImageCodec.Shared.Identify(ReadBounded(path, (options ?? new ImageDecodeOptions()).MaxFileBytes)));

    /// <summary>Writes an image; the format follows from the extension (.png, .jpg, .jpeg, .webp, .bmp, .tif, .tiff).</summary>
    /// <param name="image">The picture.</param>
    /// <param name="path">Where to write; an existing file is replaced.</param>
    /// <param name="quality">As for <see cref="OpenCvImageCodec.Encode"/>.</param>
    /// <exception cref="NotSupportedException">The extension names no format that can be written.</exception>
    public static void Save(PixelImage image, string path, int quality = 95) =>
        File.WriteAllBytes(path, OpenCvImageCodec.Shared.Encode(image, FormatOf(path), quality));

    private static ImageFileFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => ImageFileFormat.Png,
        ".jpg" or ".jpeg" => ImageFileFormat.Jpeg,
        ".webp" => ImageFileFormat.WebP,
        ".gif" => ImageFileFormat.Gif,
        ".bmp" => ImageFileFormat.Bmp,
        ".tif" or ".tiff" => ImageFileFormat.Tiff,
        var other => throw new NotSupportedException($"{path}: the extension '{other}' names no image format; expected .png, .jpg, .webp, .bmp or .tiff."),
    };

    private static byte[] ReadBounded(string path, long limit)
    {
        if (Directory.Exists(path)) // opening one says no more than "access denied"
            throw new ImageFormatException("this is a folder: expected an image file.");
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > limit)
            throw new ImageTooLargeException($"the file has {stream.Length} bytes; at most {limit} are read.");
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static T Naming<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ImageTooLargeException e)
        {
            throw new ImageTooLargeException($"{path}: {e.Message}");
        }
        catch (ImageFormatException e)
        {
            throw new ImageFormatException($"{path}: {e.Message}", e);
        }
    }
}
