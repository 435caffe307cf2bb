using System.Text.Json.Nodes;
using Pixelis.Imaging.Video;
using Pixelis.TestKit;

namespace Pixelis.Imaging.Tests.Video;

/// <summary>The shared clips: every frame has the time and mean colour that its description states.</summary>
public class VideoCorpusTests
{
    private static JsonArray Entries() => JsonNode.Parse(File.ReadAllText(SharedData.RequirePath("real/video/video.json")))!.AsArray();

    private static string PathOf(JsonNode? entry) => SharedData.RequirePath($"real/video/{(string)entry!["file"]!}");

    private static void CheckFrame(VideoFrame frame, JsonNode entry)
    {
        Assert.Equal((double)entry["pts"]![frame.SourceIndex]!, frame.Timestamp.TotalSeconds, tolerance: 0.003);
        double[] mean = TestImages.Mean(frame.Image, 0, 0, frame.Image.Width, frame.Image.Height);
        for (int c = 0; c < 3; c++)
            Assert.Equal((double)entry["mean_rgb"]![frame.SourceIndex]![c]!, mean[c], tolerance: 1);
    }

    [SharedFact("real/video")]
    public void HeadersAreRead()
    {
        foreach (JsonNode? entry in Entries())
        {
            VideoInfo info = VideoFile.Probe(PathOf(entry));
            string[] rate = ((string)entry!["fps"]!).Split('/');
            Assert.Equal(((int)entry["width"]!, (int)entry["height"]!, (int)entry["frames"]!, (int)entry["rotation"]!), (info.Width, info.Height, info.FrameCount, info.Rotation));
            Assert.Equal(double.Parse(rate[0]) / double.Parse(rate[1]), info.FramesPerSecond, 6);
            Assert.Equal((double)entry["duration"]!, info.Duration.TotalSeconds, tolerance: 0.001);
        }
    }

    [SharedFact("real/video")]
    public void EveryFrameHasItsTimeAndColour()
    {
        foreach (JsonNode? entry in Entries())
        {
            int count = (int)entry!["frames"]!;
            IReadOnlyList<VideoFrame> frames = OpenCvVideoReader.Shared.ReadFrames(PathOf(entry), [.. Enumerable.Range(0, count)]);
            Assert.Equal(Enumerable.Range(0, count), frames.Select(f => f.SourceIndex));
            Assert.All(frames, frame => CheckFrame(frame, entry));
        }
    }

    [SharedFact("real/video")]
    public void SamplingTakesEvenlySpacedFrames()
    {
        foreach (JsonNode? entry in Entries())
        {
            VideoClip clip = VideoFile.Load(PathOf(entry));
            Assert.Equal([0, 17, 35, 52], clip.Frames.Select(f => f.SourceIndex));
            Assert.Equal(4 / 2.12, clip.FramesPerSecond, 6);
            Assert.All(clip.Frames, frame => CheckFrame(frame, entry!));
            Assert.Equal(10, VideoFile.Load(PathOf(entry), new VideoSampling { FramesPerSecond = 25, MaxFrames = 10 }).Frames.Count);
        }
    }

    [SharedFact("real/video")]
    public void ADisplayMatrixTurnsTheFrames()
    {
        JsonNode entry = Entries().First(e => ((string)e!["file"]!).EndsWith(".mp4"))!;
        byte[] file = File.ReadAllBytes(PathOf(entry));
        // tkhd version 0: the matrix lies 40 bytes after version and flags. (0 1; -1 0) turns by 90 degrees clockwise.
        int matrix = file.AsSpan().IndexOf("tkhd"u8) + 4 + 40;
        int[] quarterTurn = [0, 0x10000, 0, -0x10000, 0, 0, 360 * 0x10000, 0, 0x40000000];
        for (int i = 0; i < 9; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(matrix + i * 4), quarterTurn[i]);
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["turned.mp4"], file);

        Assert.Equal(90, VideoFile.Probe(folder["turned.mp4"]).Rotation);
        PixelImage stored = OpenCvVideoReader.Shared.ReadFrames(PathOf(entry), [10])[0].Image;
        PixelImage turned = OpenCvVideoReader.Shared.ReadFrames(folder["turned.mp4"], [10])[0].Image;
        Assert.Equal(ImageOrientation.Apply(stored, 6).ContentHash, turned.ContentHash);
    }
}
