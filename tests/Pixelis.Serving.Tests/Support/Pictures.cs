using Pixelis.Imaging;

namespace Pixelis.Serving.Tests.Support;

/// <summary>Pictures as clients send them.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(width * height).NextBytes(pixels);
        return OpenCvImageCodec.Shared.Encode(PixelImage.Wrap(width, height, PixelFormat.Rgb24, pixels), ImageFileFormat.Png);
    }

    public static string Url(int width = 56, int height = 56) => "data:image/png;base64," + Convert.ToBase64String(Png(width, height));

    /// <summary>A request with pictures.</summary>
    public static object Question(string model, string text, params string[] urls) => new
    {
        model,
        max_tokens = 8,
        messages = new[]
        {
            new { role = "user", content = (object[])[.. urls.Select(u => new { type = "image_url", image_url = new { url = u } }), new { type = "text", text }] },
        },
    };
}
