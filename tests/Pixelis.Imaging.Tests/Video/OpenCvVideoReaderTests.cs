using Pixelis.Imaging.Video;
using Pixelis.TestKit;

namespace Pixelis.Imaging.Tests.Video;

public class OpenCvVideoReaderTests
{
    // Frame i is a grey of 4 + 6 i, so that a frame can be told by its colour.
    private static string WriteClip(TemporaryFolder folder, int frames, double rate = 10)
    {
        string path = folder["grey.avi"];
        VideoFile.Save(path, [.. Enumerable.Range(0, frames).Select(i =>
            PixelImage.Wrap(64, 48, PixelFormat.Rgb24, [.. Enumerable.Repeat((byte)(4 + 6 * i), 64 * 48 * 3)]))], rate);
        return path;
    }

    private static int NumberOf(VideoFrame frame) => (int)Math.Round((frame.Image.Row(10)[30] - 4) / 6.0);

    [Fact]
    public void ReadsBackWhatWasWritten()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 30);
        Assert.Equal(new VideoInfo(64, 48, 10, 30, 0), VideoFile.Probe(path));
        IReadOnlyList<VideoFrame> frames = OpenCvVideoReader.Shared.ReadFrames(path, [29, 3, 3, 0]);
        Assert.Equal([29, 3, 3, 0], frames.Select(NumberOf));
        Assert.Equal([29, 3, 3, 0], frames.Select(f => f.SourceIndex));
        Assert.Equal([2.9, 0.3, 0.3, 0], frames.Select(f => Math.Round(f.Timestamp.TotalSeconds, 3)));
    }

    [Fact]
    public void SamplesAtARateWithAMaximum()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 30);
        VideoClip clip = VideoFile.Load(path);
        Assert.Equal(6, clip.Frames.Count);
        Assert.Equal(2, clip.FramesPerSecond, 6);
        Assert.Equal(clip.Frames.Select(f => f.SourceIndex), clip.Frames.Select(NumberOf));
        Assert.Equal(4, VideoFile.Load(path, new VideoSampling { MaxFrames = 5 }).Frames.Count);
    }

    [Fact]
    public void AFileThatEndsEarlyIsSampledFromWhatIsThere()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 30);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        VideoClip clip = VideoFile.Load(path, new VideoSampling { FramesPerSecond = 10 });
        Assert.InRange(clip.Frames.Count, 2, 20);
        Assert.Equal(clip.Frames.Select(f => f.SourceIndex), clip.Frames.Select(NumberOf));
    }

    [Fact]
    public void AFrameBeyondTheEndIsNamed()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 5);
        var error = Assert.Throws<VideoFormatException>(() => OpenCvVideoReader.Shared.ReadFrames(path, [7]));
        Assert.Contains("no frame 7", error.Message);
        Assert.Contains("5 frames", error.Message);
    }

    [Fact]
    public void FramesBeyondTheMemoryLimitAreRefused()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 30);
        var error = Assert.Throws<VideoFormatException>(() => VideoFile.Load(path, new VideoSampling { MaxBytes = 64 * 48 * 3 * 5 }));
        Assert.Contains("MaxBytes", error.Message);
    }

    [Fact]
    public void CancellationStopsReading()
    {
        using var folder = new TemporaryFolder();
        string path = WriteClip(folder, 5);
        Assert.Throws<OperationCanceledException>(() => VideoFile.Load(path, cancellationToken: new CancellationToken(true)));
    }

    [Theory]
    [InlineData("#EXTM3U\nhttp://localhost/x.ts\n")]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd\n")]
    [InlineData("<?xml version=\"1.0\"?><MPD></MPD>")]
    [InlineData("")]
    public void PlaylistsAndOtherTextNeverReachTheDecoder(string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["list.mp4"], text);
        var error = Assert.Throws<VideoFormatException>(() => VideoFile.Probe(folder["list.mp4"]));
        Assert.Equal(Path.GetFullPath(folder["list.mp4"]), error.File);
        Assert.Contains("container", error.Message);
    }

    [Fact]
    public void DamagedFilesAreTypedErrors()
    {
        using var folder = new TemporaryFolder();
        byte[] clip = File.ReadAllBytes(WriteClip(folder, 10));
        var random = new Random(11);
        for (int round = 0; round < 60; round++)
        {
            byte[] damaged = [.. clip];
            for (int i = 0; i < 1 + round; i++)
                damaged[round % 2 == 0 ? random.Next(400) : random.Next(damaged.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(folder["damaged.avi"], damaged);
            try
            {
                Assert.NotEmpty(VideoFile.Load(folder["damaged.avi"]).Frames);
            }
            catch (VideoFormatException e)
            {
                Assert.Contains("damaged.avi", e.Message);
            }
        }
    }

    [Fact]
    public void AMissingFileIsToldAsSuch() => Assert.Throws<FileNotFoundException>(() => VideoFile.Probe("no-such-file.mp4"));
}
