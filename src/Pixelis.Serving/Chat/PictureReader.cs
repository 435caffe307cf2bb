using Pixelis.Imaging;
using Pixelis.Serving.Errors;

namespace Pixelis.Serving.Chat;

/// <summary>Reads pictures out of data URIs, and looks at their headers: how many and how large they are is known before one is decoded. For one request.</summary>
internal sealed class PictureReader(PixelisServingOptions options)
{
    private const string Marker = ";base64,";

    private int _count;
    private long _pixels;

    /// <returns>The picture's file.</returns>
    /// <exception cref="ApiException">Not a data URI, not a picture, or too many or too large ones.</exception>
    public byte[] Read(string url, string path)
    {
        if (++_count > options.MaxPictures)
            throw ApiException.Invalid($"This server takes at most {options.MaxPictures} pictures a request.", path, "too_many_images");
        byte[] file = Decode(url, path);
        long pixels = PixelsOf(file, path);
        _pixels += pixels;
        return _pixels <= options.MaxPicturePixels
            ? file
            : throw ApiException.Invalid($"The pictures have more than {options.MaxPicturePixels} pixels together, the most this server takes; make them smaller.", path, "image_too_large");
    }

    private static byte[] Decode(string url, string path)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiException.Invalid(
                "This server fetches no pictures from addresses; send the picture itself as 'data:image/png;base64,...'.", path, "image_url_not_fetched");
        }
        int start = url.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        if (start is < 0 or > 200 || !url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
            throw ApiException.Invalid("A picture was expected as 'data:image/TYPE;base64,...'.", path, "invalid_image_url");
        ReadOnlySpan<char> text = url.AsSpan(start + Marker.Length);
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64Chars(text, bytes, out int length)
            ? bytes[..length]
            : throw ApiException.Invalid("The picture's base64 is broken.", path, "invalid_base64");
    }

    private static long PixelsOf(byte[] file, string path)
    {
        try
        {
            return OpenCvImageCodec.Shared.Identify(file).PixelCount;
        }
        catch (ImageFormatException)
        {
            throw Unreadable(path);
        }
    }

    public static ApiException Unreadable(string path) =>
        ApiException.Invalid("The picture cannot be read; JPEG, PNG, WebP, GIF, BMP and TIFF are.", path, "invalid_image");
}
