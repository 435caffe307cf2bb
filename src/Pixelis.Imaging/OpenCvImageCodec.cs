using Pixelis.Imaging.Headers;
using Pixelis.Imaging.Native;

namespace Pixelis.Imaging;

/// <summary>
/// Reads JPEG, PNG, WebP, GIF, BMP and TIFF, and writes all of them but GIF, through OpenCV and the codec libraries it rests on.
/// Thread-safe and without state. Headers are read here, in managed code, and a picture that is too large is refused before any
/// decoder sees it. CMYK, grey, palette and 16-bit pictures become 8-bit RGB; an alpha channel is kept as straight alpha.
/// Colour profiles are ignored. A JPEG that ends early is an error, not a partial picture.
/// </summary>
public sealed class OpenCvImageCodec : IImageCodec
{
    /// <summary>A codec to share; it holds no state.</summary>
    public static OpenCvImageCodec Shared { get; } = new();

    /// <inheritdoc />
    public ImageInfo Identify(ReadOnlySpan<byte> encoded) => ImageHeader.Parse(encoded).Info;

    /// <inheritdoc />
    public PixelImage Decode(ReadOnlySpan<byte> encoded, ImageDecodeOptions? options = null)
    {
        ParsedHeader header = ImageHeader.Parse(encoded);
        RefuseTooLarge(header, options ?? new ImageDecodeOptions());
        PixelImage stored = header.Info.Format == ImageFileFormat.Jpeg ? DecodeJpeg(encoded, header.Info) : DecodeOther(encoded, header.Info);
        // OpenCV's TIFF reader has already applied the orientation.
        return header.Info.Format == ImageFileFormat.Tiff ? stored : ImageOrientation.Apply(stored, header.Info.Orientation);
    }

    /// <summary>Encodes an image.</summary>
    /// <param name="image">The picture. JPEG and BMP have no alpha here: transparent pixels are laid on white.</param>
    /// <param name="format">Any format but GIF.</param>
    /// <param name="quality">JPEG: 1 (worst) to 100. WebP: 1 to 99 lossy, 100 lossless. The others are lossless and ignore it.</param>
    /// <exception cref="NotSupportedException">GIF cannot be written.</exception>
    public unsafe byte[] Encode(PixelImage image, ImageFileFormat format, int quality = 95)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (format == ImageFileFormat.Gif)
            throw new NotSupportedException("GIF can be read but not written: encode to PNG or WebP instead.");
        if (format is ImageFileFormat.Jpeg or ImageFileFormat.Bmp)
            image = image.ToRgb(AlphaHandling.BlendOnWhite);
        fixed (byte* pixels = image.Pixels.Span)
        {
            VisionStatus status = VisionMethods.pv_encode(
                pixels, image.Width, image.Height, image.Channels, (int)format, quality, out EncodedBytesHandle encoded);
            using (encoded)
            {
                if (status != VisionStatus.Ok)
                    throw new PixelisException($"A {image.Width}x{image.Height} image cannot be written as {format}: {VisionMethods.LastError()}.");
                return new ReadOnlySpan<byte>(VisionMethods.pv_bytes_data(encoded), checked((int)VisionMethods.pv_bytes_length(encoded))).ToArray();
            }
        }
    }

    private static void RefuseTooLarge(ParsedHeader header, ImageDecodeOptions options)
    {
        ImageInfo info = header.Info;
        long limit = Math.Min(options.MaxPixels, Array.MaxLength / 4);
        if (info.PixelCount > limit)
            throw new ImageTooLargeException($"The {info.Format} header promises {info.Width}x{info.Height} = {info.PixelCount} pixels; at most {limit} are accepted.");
        if (info.PixelCount > header.MostPixels)
            throw new ImageFormatException($"The {info.Format} promises {info.Width}x{info.Height} pixels, but its data are too short to hold them.");
    }

    private static unsafe PixelImage DecodeJpeg(ReadOnlySpan<byte> encoded, ImageInfo info)
    {
        byte[] rgb = GC.AllocateUninitializedArray<byte>(checked((int)(info.PixelCount * 3)));
        fixed (byte* data = encoded, target = rgb)
            Check(VisionMethods.pv_decode_jpeg(data, encoded.Length, info.Width, info.Height, target), info);
        return PixelImage.Wrap(info.Width, info.Height, PixelFormat.Rgb24, rgb);
    }

    private static unsafe PixelImage DecodeOther(ReadOnlySpan<byte> encoded, ImageInfo info)
    {
        fixed (byte* data = encoded)
        {
            VisionStatus status = VisionMethods.pv_decode(data, encoded.Length, (int)info.Format, info.Width, info.Height, out DecodedImageHandle image);
            using (image)
            {
                Check(status, info);
                VisionMethods.pv_image_shape(image, out int width, out int height, out int channels);
                var pixels = new ReadOnlySpan<byte>(VisionMethods.pv_image_pixels(image), checked(width * height * channels));
                return PixelImage.Create(width, height, (PixelFormat)channels, pixels);
            }
        }
    }

    private static void Check(VisionStatus status, ImageInfo info)
    {
        if (status == VisionStatus.Ok)
            return;
        string reason = VisionMethods.LastError().TrimEnd('.');
        throw status switch
        {
            VisionStatus.NoMemory or VisionStatus.TooLarge =>
                new ImageTooLargeException($"There is not enough memory to decode the {info.Format} of {info.Width}x{info.Height} pixels: {reason}."),
            _ => new ImageFormatException($"The {info.Format} of {info.Width}x{info.Height} pixels is damaged: {reason}."),
        };
    }
}
