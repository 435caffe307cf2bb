using Pixelis.Agents.Dialects;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests.PixelReasoner;

public class PixelReasonerEpisodeTests
{
    private static readonly PixelImage Picture = PixelImage.Wrap(640, 480, PixelFormat.Rgb24, new byte[640 * 480 * 3]);

    private static VideoClip Clip(int frames) => new(
        [.. Enumerable.Range(0, frames).Select(i => new VideoFrame(PixelImage.Wrap(84, 56, PixelFormat.Rgb24, [.. Enumerable.Repeat((byte)i, 84 * 56 * 3)]), i, TimeSpan.FromSeconds(i / 2.0)))], 2);

    private static string Call(string name, string arguments) => $"<tool_call>\n{{\"name\": \"{name}\", \"arguments\": {arguments}}}\n</tool_call>";

    private static async Task<(ScriptedModel Model, AgentAnswer Answer)> RunAsync(ContentPart media, params string[] turns)
    {
        var model = new ScriptedModel(m => turns[Math.Min(m.Count(x => x.Role == Role.Assistant), turns.Length - 1)]) { ContextLength = 100_000 };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithDialect(AgentDialect.PixelReasoner).WithTools(t => t.PixelReasoner()).Build();
        return (model, await agent.AskAsync(new AgentRequest("?", [media])));
    }

    private static Message Observation(ScriptedModel model, int call = 1) => model.Shown[call][^1];

    // The box [0.25, 0.25, 0.5, 0.5] grows by 10% on every side to pixels [96, 72, 384, 288]; 288x216 become 532x392 by the released
    // limits (at least 256 units of 28x28): Pillow's crop and qwen_vl_utils' smart_resize, worked by hand.
    [Theory]
    [InlineData("crop_image_normalized")]
    [InlineData("crop_image")]
    [InlineData("zoom_in")]
    public async Task A_crop_by_any_of_its_names_is_padded_resized_and_captioned(string name)
    {
        (ScriptedModel model, AgentAnswer answer) = await RunAsync(new ImagePart(Picture), Call(name, "{\"bbox_2d\": [0.25, 0.25, 0.5, 0.5], \"target_image\": 1}"), "\\boxed{yes}");
        Assert.Equal("yes", answer.Text);
        Message observation = Observation(model);
        Assert.Equal(Role.User, observation.Role);
        Assert.Equal("\nHere is the cropped image (Image Size: 532x392):", Assert.IsType<TextPart>(observation.Parts[0]).Text);
        Assert.Equal((532, 392), (Assert.IsType<ImagePart>(observation.Parts[1]).Image.Width, ((ImagePart)observation.Parts[1]).Image.Height));
        Assert.Equal(new PixelBox(96, 72, 384, 288), answer.Trajectory.Inputs[1].ParentBox);
    }

    [Theory]
    [InlineData("[0, 0, 1, 0.5]", 0, 0, 640, 288)] // a full width of 1 is a fraction
    [InlineData("[160, 120, 320, 240]", 96, 72, 384, 288)]
    public async Task Numbers_of_at_most_one_are_fractions_and_others_pixels(string box, double left, double top, double right, double bottom)
    {
        (_, AgentAnswer answer) = await RunAsync(new ImagePart(Picture), Call("crop_image_normalized", $"{{\"bbox_2d\": {box}, \"target_image\": 1}}"), "\\boxed{1}");
        Assert.Equal(new PixelBox(left, top, right, bottom), answer.Trajectory.Inputs[1].ParentBox);
    }

    [Fact]
    public async Task A_later_crop_is_cut_from_the_picture_a_tool_returned()
    {
        (_, AgentAnswer answer) = await RunAsync(
            new ImagePart(Picture),
            Call("crop_image_normalized", "{\"bbox_2d\": [0.25, 0.25, 0.5, 0.5], \"target_image\": 1}"),
            Call("crop_image_normalized", "{\"bbox_2d\": [0.5, 0.5, 1, 1], \"target_image\": 2.0}"),
            "\\boxed{1}");
        Assert.Equal([1, 2], answer.Trajectory.Inputs.Skip(1).Select(i => i.Parent!.Value));
        Assert.Equal(new PixelBox(213, 157, 532, 392), answer.Trajectory.Inputs[2].ParentBox);
    }

    [Theory]
    [InlineData("crop_image_normalized", "{\"bbox_2d\": [0.5, 0.5, 0.6, 0.6], \"target_image\": 3}", "Execution Error: Incorrect `target_image` argument in `crop_image_normalized` operation. You can only pick an image within [1,1]")]
    [InlineData("select_frames", "{\"target_frames\": [1]}", "Execution Error: You attempted to `select_frames` from **image** not **video**. You should use `crop_image_normalized` instead for inspecting **image**.")]
    public async Task An_error_is_worded_as_the_checkpoints_know_it(string name, string arguments, string message)
    {
        (ScriptedModel model, _) = await RunAsync(new ImagePart(Picture), Call(name, arguments), "\\boxed{1}");
        Assert.Equal($"\nExecution error:\n{message}\n", Observation(model).Text);
    }

    [Fact]
    public async Task A_crop_of_28_pixels_is_too_small()
    {
        var small = new ImagePart(PixelImage.Wrap(100, 100, PixelFormat.Rgb24, new byte[30_000]));
        (ScriptedModel model, _) = await RunAsync(small, Call("crop_image_normalized", "{\"bbox_2d\": [0.5, 0.5, 0.58, 0.58], \"target_image\": 1}"), "\\boxed{1}");
        Assert.Equal("\nExecution error:\nCropped image is too small: 28x28\n", Observation(model).Text);
    }

    [Fact]
    public async Task A_video_is_shown_as_16_frames_and_its_frames_can_be_selected()
    {
        (ScriptedModel model, AgentAnswer answer) = await RunAsync(new VideoPart(Clip(31)), Call("select_frames", "{\"target_frames\": [1, 2, 16]}"), "\\boxed{1}");
        VideoClip shown = Assert.IsType<VideoPart>(model.Shown[0][0].Parts[0]).Clip;
        Assert.Equal(Enumerable.Range(0, 16).Select(i => i * 2), shown.Frames.Select(f => f.SourceIndex));
        Assert.Equal("\nHere are the selected frames (Frame Size: 84x56, Numbered 1 to 3):", Observation(model).Text);
        Assert.Equal([0, 2, 30], Observation(model).Parts.OfType<ImagePart>().Select(p => (int)p.Image.Pixels.Span[0]));
        Assert.Equal(4, answer.Trajectory.Inputs.Count);
    }

    [Fact]
    public async Task Frames_are_numbered_after_the_pictures_that_are_there()
    {
        (ScriptedModel model, _) = await RunAsync(
            new VideoPart(Clip(16)), Call("select_frames", "{\"target_frames\": [3]}"), Call("select_frames", "{\"target_frames\": [4, 5]}"), "\\boxed{1}");
        Assert.Equal("\nHere are the selected frames (Frame Size: 84x56, Numbered 1 to 1):", Observation(model).Text);
        Assert.Equal("\nHere are the selected frames (Frame Size: 84x56, Numbered 2 to 3):", Observation(model, 2).Text);
    }

    [Theory]
    [InlineData("[1,2,3,4,5,6,7,8,9]", "Execution Error: You have selected 9 frames in total. Think again which frames you need to check in details (no more than 8 frames)")]
    [InlineData("[1,17]", "Execution Error: There are 16 frames numbered in range [1,16]. Your selection `target_frames=[1, 17]` is out of range.")]
    public async Task A_selection_that_cannot_be_is_refused(string frames, string message)
    {
        (ScriptedModel model, _) = await RunAsync(new VideoPart(Clip(16)), Call("select_frames", $"{{\"target_frames\": {frames}}}"), "\\boxed{1}");
        Assert.Equal($"\nExecution error:\n{message}\n", Observation(model).Text);
    }

    [Fact]
    public async Task A_crop_takes_a_frame_of_the_video_until_a_tool_has_added_pictures()
    {
        (ScriptedModel model, AgentAnswer answer) = await RunAsync(
            new VideoPart(Clip(16)),
            Call("crop_image_normalized", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 5}"),
            Call("crop_image_normalized", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1}"),
            "\\boxed{1}");
        Assert.Equal(4, Assert.IsType<ImagePart>(Observation(model).Parts[1]).Image.Pixels.Span[0]);
        Assert.Equal(
            "\nExecution error:\nExecution Error: Incorrect `target_image` argument in `crop_image_normalized` operation. You can only pick an image within range [2,2], but the current argument `target_image=1`.\n",
            Observation(model, 2).Text);
        Assert.Equal(EndReason.Answered, answer.EndReason);
    }

    [Fact]
    public async Task The_fifth_call_ends_the_episode_and_so_does_the_seventeenth_picture()
    {
        (_, AgentAnswer calls) = await RunAsync(new ImagePart(Picture), Call("crop_image_normalized", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1}"));
        Assert.Equal(EndReason.CallLimit, calls.EndReason);
        Assert.Equal(4, calls.Trajectory.Turns.Sum(t => t.Invocations.Count));
        (_, AgentAnswer images) = await RunAsync(new VideoPart(Clip(16)), Call("select_frames", "{\"target_frames\": [1,2,3,4,5,6,7,8]}"));
        Assert.Equal(EndReason.ImageLimit, images.EndReason);
    }

    [Fact]
    public async Task Only_the_last_call_at_the_end_of_a_turn_counts()
    {
        string call = Call("crop_image_normalized", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1}");
        (_, AgentAnswer answer) = await RunAsync(new ImagePart(Picture), Call("select_frames", "{}") + call, call + " I am \\boxed{done}");
        Assert.Equal("crop_image_normalized", Assert.Single(answer.Trajectory.Turns.SelectMany(t => t.Invocations)).Call.Name);
        Assert.Equal("done", answer.Text);
    }
}
