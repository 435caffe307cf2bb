using Pixelis.Cli.CommandLine;
using Pixelis.Imaging;

namespace Pixelis.Cli.Doctor;

/// <summary>OpenCV, through the codec that every image takes.</summary>
internal static class ImagingProbe
{
    public static IEnumerable<Finding> Findings()
    {
        try
        {
            var codec = new OpenCvImageCodec();
            PixelImage pixel = PixelImage.Create(1, 1, PixelFormat.Rgb24, [1, 2, 3]);
            byte[] back = codec.Decode(codec.Encode(pixel, ImageFileFormat.Png)).Pixels.ToArray();
            if (!back.AsSpan().SequenceEqual(pixel.Pixels.Span))
                return [Finding.Missing("OpenCV", "loads, but a pixel does not survive PNG", Remedy)];
            string? path = NativeLibraries.Find("libopencv_core");
            return [Finding.Ok("OpenCV", $"{NativeLibraries.VersionOf(path) ?? "version unknown"} ({path ?? "linked statically"})")];
        }
        catch (Exception problem)
        {
            return [Finding.Missing("OpenCV", ErrorText.Brief(problem), Remedy)];
        }
    }

    private const string Remedy = "run ./setup.sh, or install libopencv-imgcodecs406, libopencv-imgproc406 and libopencv-videoio406";
}
