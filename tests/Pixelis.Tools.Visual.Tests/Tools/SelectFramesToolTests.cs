using System.Text.Json;
using Pixelis.Imaging.Video;
using Pixelis.TestKit;

namespace Pixelis.Tools.Visual.Tests;

public sealed class SelectFramesToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Frame i of 30, ten a second, is a grey of 4 + 6 i; every tenth or so is sampled.
    private VideoClip Clip(string name = "grey.avi")
    {
        VideoFile.Save(_folder[name], [.. Enumerable.Range(0, 30).Select(i =>
            PixelImage.Wrap(64, 48, PixelFormat.Rgb24, [.. Enumerable.Repeat((byte)(4 + 6 * i), 64 * 48 * 3)]))], 10);
        return VideoFile.Load(_folder[name], new VideoSampling { MaxFrames = 4 });
    }

    private static async Task<ToolResult> Call(VideoClip clip, string arguments, SelectFramesTool? tool = null)
    {
        var video = new NumberedVisual { Number = 1, Clip = clip, SeenWidth = 28, SeenHeight = 28, Origin = "question" };
        return await (tool ?? new SelectFramesTool()).InvokeAsync(JsonElement.Parse(arguments), new ToolContext { Inputs = [video] });
    }

    private static int[] Numbers(ToolResult result) => [.. result.Images.Select(i => (int)Math.Round((i.Image.Row(10)[30] - 4) / 6.0))];

    [Fact]
    public async Task Times_between_the_sampled_frames_are_decoded_from_the_file()
    {
        VideoClip clip = Clip();
        Assert.Equal([0, 10, 19, 29], clip.Frames.Select(f => f.SourceIndex));
        ToolResult result = await Call(clip, "{\"times\": [1.3, 0, 2.62, 1.3, 3]}");
        Assert.Equal([13, 0, 26, 13, 29], Numbers(result));
        Assert.Equal("Selected frames of video 1: 1.3 s (frame 14 of the video), 0 s (frame 1 of the video), 2.6 s (frame 27 of the video), 1.3 s (frame 14 of the video), 2.9 s (frame 30 of the video).", result.Text);
        Assert.All(result.Images, i => Assert.Equal((64, 48), (i.Image.Width, i.Image.Height)));
    }

    [Fact]
    public async Task Numbers_of_the_whole_video_are_decoded_and_others_are_the_sampled_ones()
    {
        VideoClip clip = Clip();
        int[] whole = Numbers(await Call(clip, "{\"source_frames\": [7, 30, 1]}"));
        Assert.Equal([6, 29, 0], whole);
        int[] sampled = Numbers(await Call(clip, "{\"target_frames\": [2, 4], \"times\": []}"));
        Assert.Equal([10, 29], sampled);
        Assert.Contains("There is no frame 31; frames are numbered 1 to 30", (await Call(clip, "{\"source_frames\": [31]}")).Text);
        Assert.Contains("There is no frame 5; frames are numbered 1 to 4", (await Call(clip, "{\"target_frames\": [5]}")).Text);
    }

    [Fact]
    public async Task When_the_file_is_gone_the_nearest_sampled_frame_stands_in_and_the_model_is_told()
    {
        VideoClip clip = Clip();
        File.Delete(_folder["grey.avi"]);
        ToolResult result = await Call(clip, "{\"times\": [1.3, 2.8]}");
        Assert.False(result.IsError);
        Assert.Equal([10, 29], Numbers(result));
        Assert.Contains("cannot be read any more", result.Text);
    }

    [Fact]
    public async Task A_clip_made_in_memory_gives_what_it_has()
    {
        VideoClip sampled = Clip();
        ToolResult result = await Call(new VideoClip(sampled.Frames, sampled.FramesPerSecond), "{\"times\": [1.8]}");
        Assert.Equal([19], Numbers(result));
        Assert.DoesNotContain("cannot be read", result.Text);
    }

    [Fact]
    public async Task More_pixels_than_the_budget_allows_are_refused_before_they_are_decoded()
    {
        var tool = new SelectFramesTool { Budget = new ToolBudget { Pixels = 64 * 48 } };
        Assert.False((await Call(Clip(), "{\"times\": [1]}", tool)).IsError);
        Assert.Contains("more than the 3072 pixels", (await Call(Clip(), "{\"times\": [1, 2]}", tool)).Text);
    }

    [SharedFact("real/video")]
    public async Task On_a_compressed_video_a_time_gives_the_same_pixels_as_decoding_its_frame()
    {
        foreach (string file in new[] { "sample_h264.mp4", "sample_mpeg4.avi" })
        {
            string path = SharedData.RequirePath("real/video/" + file);
            VideoClip clip = VideoFile.Load(path, new VideoSampling { MaxFrames = 4 });
            ToolResult result = await Call(clip, "{\"times\": [0.52, 1.61, 2.1]}");
            IReadOnlyList<VideoFrame> expected = OpenCvVideoReader.Shared.ReadFrames(path, [13, 40, 52]);
            Assert.Equal(expected.Select(f => f.Image.ContentHash), result.Images.Select(i => i.Image.ContentHash));
        }
    }
}
