using System.Diagnostics;
using System.Text.Json.Nodes;
using Pixelis.TestKit;

namespace Pixelis.Imaging.Tests;

/// <summary>Every entry of the shared photographs gives the outcome that its description states.</summary>
public class PhotoCorpusTests
{
    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        if (SharedData.TryPath("real/photos/photos.json") is { } json)
        {
            foreach (JsonNode? entry in JsonNode.Parse(File.ReadAllText(json))!.AsArray())
                files.Add((string)entry!["file"]!);
        }
        else
            files.Add("(absent)");
        return files;
    }

    [SharedTheory("real/photos")]
    [MemberData(nameof(Files))]
    public void GivesTheStatedOutcome(string file)
    {
        JsonNode entry = JsonNode.Parse(File.ReadAllText(SharedData.RequirePath("real/photos/photos.json")))!.AsArray().Single(e => (string)e!["file"]! == file)!;
        string path = SharedData.RequirePath($"real/photos/{file}");
        switch ((string)entry["load"]!)
        {
            case "ok":
                CheckPicture(entry, ImageFile.Identify(path), ImageFile.Load(path));
                break;
            case "limit":
                CheckRefusal(path);
                break;
            case "error":
                Assert.Throws<ImageFormatException>(() => ImageFile.Load(path));
                break;
            default:
                CheckEither(entry, path);
                break;
        }
    }

    private static void CheckPicture(JsonNode entry, ImageInfo info, PixelImage image)
    {
        Assert.Equal(((int)entry["stored"]![0]!, (int)entry["stored"]![1]!), (info.Width, info.Height));
        Assert.Equal((int?)entry["exif_orientation"] ?? 1, info.Orientation);
        Assert.Equal(((int)entry["upright"]![0]!, (int)entry["upright"]![1]!), (image.Width, image.Height));
        if ((string)entry["mode"]! == "RGBA")
            Assert.Equal(PixelFormat.Rgba32, image.Format);
        PixelImage onWhite = image.ToRgb(AlphaHandling.BlendOnWhite);
        int halfWidth = image.Width / 2, halfHeight = image.Height / 2;
        double tolerance = (string)entry["mode"]! == "CMYK" ? 12 : 3;
        for (int quadrant = 0; quadrant < 4; quadrant++)
        {
            int left = quadrant % 2 == 0 ? 0 : halfWidth, top = quadrant < 2 ? 0 : halfHeight;
            int right = quadrant % 2 == 0 ? halfWidth : image.Width, bottom = quadrant < 2 ? halfHeight : image.Height;
            double[] mean = TestImages.Mean(onWhite, left, top, right, bottom);
            for (int c = 0; c < 3; c++)
                Assert.InRange(mean[c], (int)entry["quadrant_means_rgb_upright_on_white"]![quadrant]![c]! - tolerance, (int)entry["quadrant_means_rgb_upright_on_white"]![quadrant]![c]! + tolerance);
        }
    }

    private static void CheckRefusal(string path)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var error = Assert.Throws<ImageTooLargeException>(() => ImageFile.Load(path));
        Assert.Contains(Path.GetFileName(path), error.Message);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"took {watch.Elapsed}");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 4_000_000, "a refused picture must cost no memory");
    }

    private static void CheckEither(JsonNode entry, string path)
    {
        try
        {
            PixelImage image = ImageFile.Load(path);
            Assert.Equal(((int)entry["stored"]![0]!, (int)entry["stored"]![1]!), (image.Width, image.Height));
        }
        catch (ImageFormatException e)
        {
            Assert.Contains(Path.GetFileName(path), e.Message);
        }
    }
}
