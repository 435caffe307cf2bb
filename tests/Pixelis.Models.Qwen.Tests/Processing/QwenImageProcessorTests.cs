using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Pixelis.Imaging;
using Pixelis.Modeling;
using Pixelis.Models.Qwen.Processing;
using Pixelis.TestKit;

namespace Pixelis.Models.Qwen.Tests.Processing;

public class QwenImageProcessorTests
{
    public static TheoryData<string> Files() => GoldenPreprocess.Files();

    public static TheoryData<string> VisionCases() =>
        SharedData.TryPath("golden") is { } golden
            ? [.. Directory.GetDirectories(golden, "qwen2_5_vl-*").Select(d => Path.GetFileName(d)!)]
            : ["(absent)"];

    [Theory]
    [MemberData(nameof(Files))]
    public void ResizedBytesAndPatchesEqualTheReferenceBitForBit(string file)
    {
        JsonNode expected = GoldenPreprocess.Case(file);
        var processor = new QwenImageProcessor(new QwenImageProcessorOptions { MinPixels = (long)expected["min_pixels"]!, MaxPixels = (long)expected["max_pixels"]! });
        PixelImage image = ImageFile.Load(Path.Combine(GoldenPreprocess.Folder, file));

        PixelImage resized = processor.Resize(image);
        Assert.Equal(((int)expected["resized_width"]!, (int)expected["resized_height"]!), (resized.Width, resized.Height));
        Assert.Equal((string)expected["resized_rgb_sha256"]!, Convert.ToHexStringLower(SHA256.HashData(resized.Pixels.Span)));

        VisionPatches patches = processor.Process(image);
        Assert.Equal(new VisionGrid((int)expected["image_grid_thw"]![0]!, (int)expected["image_grid_thw"]![1]!, (int)expected["image_grid_thw"]![2]!), patches.Grid);
        Assert.Equal((int)expected["n_patches"]!, patches.Grid.PatchCount);
        Assert.Equal((string)expected["pixel_values_f32_sha256"]!, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<float>(patches.Values))));
    }

    [SharedTheory("golden")]
    [MemberData(nameof(VisionCases))]
    public void ModelCasesGetTheirStoredPixelValues(string name)
    {
        string folder = SharedData.RequirePath($"golden/{name}");
        JsonNode summary = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")))!;
        var expected = new ExpectedTensors(Path.Combine(folder, "expected.safetensors"));
        QwenImageProcessor processor = QwenImageProcessor.FromFolder(folder);

        PixelImage Load(JsonNode? file) => ImageFile.Load(Path.Combine(folder, (string)file!));
        VisionPatches[] images = [.. summary["images"]!.AsArray().Select(file => processor.Process(Load(file)))];
        VisionPatches[] videos = [.. summary["videos"]!.AsArray().Select(clip => processor.Process([.. clip!.AsArray().Select(Load)]))];

        Assert.True(images.Length + videos.Length > 0);
        Check(images, expected, "pixel_values", "image_grid_thw");
        Check(videos, expected, "pixel_values_videos", "video_grid_thw");
    }

    private static void Check(VisionPatches[] actual, ExpectedTensors expected, string values, string grids)
    {
        Assert.Equal(actual.Length > 0, expected.Contains(values));
        if (actual.Length == 0)
            return;
        Assert.Equal(expected.Longs(grids), actual.SelectMany(p => new long[] { p.Grid.Temporal, p.Grid.Height, p.Grid.Width }));
        Assert.Equal(expected.Floats(values), actual.SelectMany(p => p.Values));
    }

    [Fact]
    public void AStillImageEqualsAVideoOfTwoEqualFrames()
    {
        PixelImage image = ImageFile.Load(Path.Combine(GoldenPreprocess.Folder, "noise_84x56_identity.png"));
        var processor = new QwenImageProcessor();
        VisionPatches still = processor.Process(image), video = processor.Process([image, image]);
        Assert.Equal(still.Grid, video.Grid);
        Assert.Equal(still.Values, video.Values);
    }

    [Fact]
    public void AnOddLastFrameIsRepeated()
    {
        PixelImage a = ImageFile.Load(Path.Combine(GoldenPreprocess.Folder, "noise_84x56_identity.png"));
        PixelImage b = PixelImage.Wrap(84, 56, PixelFormat.Rgb24, [.. Enumerable.Repeat((byte)9, 84 * 56 * 3)]);
        var processor = new QwenImageProcessor();
        VisionPatches odd = processor.Process([a, a, b]), even = processor.Process([a, a, b, b]);
        Assert.Equal(2, odd.Grid.Temporal);
        Assert.Equal(even.Values, odd.Values);
    }

    [Fact]
    public void FramesOfDifferentSizesAreRefused()
    {
        PixelImage Grey(int side) => PixelImage.Wrap(side, side, PixelFormat.Rgb24, new byte[side * side * 3]);
        Assert.Throws<ArgumentException>(() => new QwenImageProcessor().Process([Grey(56), Grey(57)]));
        Assert.Throws<ArgumentException>(() => new QwenImageProcessor().Process((IReadOnlyList<PixelImage>)[]));
    }

    [Fact]
    public void AVideoThatFitsNoArrayIsRefusedBeforeWorkStarts()
    {
        var processor = new QwenImageProcessor(new QwenImageProcessorOptions { MaxPixels = 12845056 });
        Assert.Throws<ImageShapeException>(() => processor.GridOf(3584, 3584, frames: 768));
        Assert.Equal(new VisionGrid(1, 90, 160), processor.GridOf(2240, 1260));
    }

    [Fact]
    public void CancellationStopsBetweenFrames()
    {
        PixelImage grey = PixelImage.Wrap(56, 56, PixelFormat.Rgb24, new byte[56 * 56 * 3]);
        Assert.Throws<OperationCanceledException>(() => new QwenImageProcessor().Process([grey, grey], new CancellationToken(true)));
    }
}
