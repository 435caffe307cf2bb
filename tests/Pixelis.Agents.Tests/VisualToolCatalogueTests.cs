using Pixelis.Models.Sam;
using Pixelis.TestKit;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Tests;

public class VisualToolCatalogueTests
{
    [Fact]
    public async Task All_six_tools_reach_the_model_by_their_names()
    {
        var model = new ScriptedModel(_ => "ok");
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.All()).Build();
        await agent.AskAsync("?");
        Assert.Equal(["ZOOM_IN", "SELECT_FRAMES", "SEGMENT_OBJECT_AT", "GET_PROPERTIES", "READ_TEXT", "TRACK_OBJECT"], model.Tools.Select(t => t.Name));
    }

    [Fact]
    public async Task A_zoom_shows_source_pixels_and_its_page_shows_the_box()
    {
        var pixels = new byte[200 * 100 * 3];
        pixels[(40 * 200 + 100) * 3] = 255;
        PixelImage image = PixelImage.Wrap(200, 100, PixelFormat.Rgb24, pixels);
        const string call = "<tool_call>{\"name\": \"ZOOM_IN\", \"arguments\": {\"bbox_2d\": [40, 10, 70, 40]}}</tool_call>";
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "a red dot" : call) { See = _ => new Generation.SeenSize(100, 50) };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.ZoomIn()).Build();
        AgentAnswer answer = await agent.AskAsync("what is there?", image);
        Assert.Equal(EndReason.Answered, answer.EndReason);
        TrajectoryInput crop = answer.Trajectory.Inputs[1];
        Assert.Equal(new PixelBox(80, 20, 140, 80), crop.ParentBox);
        Assert.Equal((60, 60), (crop.Width, crop.Height));
        string page = answer.Trajectory.ToHtml();
        Assert.Contains("a red dot", page);
        Assert.Contains("x=\"80\" y=\"20\" width=\"60\" height=\"60\"", page);
        Assert.DoesNotContain("src=\"http", page);
    }

    [Fact]
    public async Task Segment_anything_is_a_backend_of_the_segmenting_tool()
    {
        using SamSegmenter segmenter = SamSegmenter.FromPretrained(Path.Combine(RepositoryFolder.Path, "tests/Pixelis.Models.Sam.Tests/Cases/tiny"));
        var golden = new ExpectedTensors(Path.Combine(RepositoryFolder.Path, "tests/Pixelis.Models.Sam.Tests/Cases/tiny/expected.safetensors"));
        PixelImage image = PixelImage.Create(50, 37, PixelFormat.Rgb24, golden.Bytes("image"));
        const string call = "<tool_call>{\"name\": \"SEGMENT_OBJECT_AT\", \"arguments\": {\"point_2d\": [36, 28]}}</tool_call>";
        var model = new ScriptedModel(m => m.Any(x => x.Role == Role.Assistant) ? "a disc" : call) { See = _ => new Generation.SeenSize(100, 74) };
        await using PixelisAgent agent = PixelisAgent.Create().WithModel(model).WithTools(t => t.SegmentObjectAt(segmenter)).Build();
        AgentAnswer answer = await agent.AskAsync("what is there?", image);
        Assert.Equal(EndReason.Answered, answer.EndReason);
        double confidence = segmenter.Segment(image, new(new(18, 14))).Confidence;
        Assert.InRange(confidence, 0.05, 0.95);
        Assert.Contains("obj1: object in image 1", answer.Trajectory.ToHtml());
        Assert.Contains(FormattableString.Invariant($"confidence {confidence:0.00}"), answer.Trajectory.ToHtml());
    }
}
