using System.Text.Json;

namespace Pixelis.Tools.Visual.Tests;

public class VisualToolTests
{
    private static async Task<ToolResult> Call(ITool tool, string arguments, ToolContext context) => await tool.InvokeAsync(JsonElement.Parse(arguments), context);

    [Fact]
    public async Task Zoom_cuts_source_pixels_of_the_place_the_model_saw()
    {
        ToolResult result = await Call(new ZoomTool(), "{\"bbox_2d\": [20, 10, 60, 50]}", new ToolContext { Inputs = ToolInputs.Image });
        ToolImage crop = Assert.Single(result.Images);
        Assert.Equal((80, 80), (crop.Image.Width, crop.Image.Height));
        Assert.Equal(new PixelBox(40, 20, 120, 100), crop.ParentBox);
        Assert.Equal(ToolInputs.Disc.Row(20).Slice(40 * 3, 80 * 3), crop.Image.Row(0));
    }

    [Fact]
    public async Task Zoom_by_centre_and_factor_stays_in_the_image()
    {
        ToolResult result = await Call(new ZoomTool(), "{\"center\": [0, 0], \"factor\": 4}", new ToolContext { Inputs = ToolInputs.Image });
        Assert.Equal(new PixelBox(0, 0, 40, 30), Assert.Single(result.Images).ParentBox);
    }

    [Fact]
    public async Task Zoom_of_pixel_reasoner_pads_and_reads_fractions_up_to_one()
    {
        var tool = new ZoomTool(new ZoomOptions { Padding = 0.1, FractionsWhenAtMostOne = true, RefuseSmall = true, Name = "crop_image_normalized" });
        var context = new ToolContext { Inputs = ToolInputs.Image, Coordinates = CoordinateSpace.Normalized };
        Assert.Equal(new PixelBox(24, 18, 136, 102), Assert.Single((await Call(tool, "{\"bbox_2d\": [0.25, 0.25, 0.75, 0.75]}", context)).Images).ParentBox);
        Assert.Equal(new PixelBox(0, 0, 160, 120), Assert.Single((await Call(tool, "{\"bbox_2d\": [0, 0, 1.0, 1.0]}", context)).Images).ParentBox);
        Assert.Equal(new PixelBox(4, 8, 96, 92), Assert.Single((await Call(tool, "{\"bbox_2d\": [10, 10, 40, 40]}", context)).Images).ParentBox);
    }

    [Fact]
    public async Task A_segmented_object_can_be_measured_by_name()
    {
        using var state = new EpisodeState();
        var context = new ToolContext { Inputs = ToolInputs.Image, State = state };
        ToolResult found = await Call(new SegmentTool(), "{\"point_2d\": [40, 30]}", context);
        Assert.StartsWith("obj1:", found.Text);
        ToolResult measured = await Call(new PropertiesTool(), "{\"object\": \"obj1\"}", context);
        Assert.False(measured.IsError, measured.Text);
        Assert.Contains("red", measured.Text);
        Assert.InRange(measured.Data!.Value.GetProperty("Area").GetInt64(), 2500, 3200); // pi 30^2 = 2827
    }

    [Fact]
    public async Task Several_objects_are_measured_in_one_call_and_only_what_was_asked_for()
    {
        using var state = new EpisodeState();
        var context = new ToolContext { Inputs = ToolInputs.Image, State = state };
        await Call(new SegmentTool(), "{\"point_2d\": [40, 30]}", context);
        await Call(new SegmentTool(), "{\"point_2d\": [40, 30]}", context);
        ToolResult measured = await Call(new PropertiesTool(), "{\"objects\": [\"obj1\", \"obj2\"], \"properties\": [\"area\"]}", context);
        Assert.Equal(2, measured.Text.Split('\n').Length);
        Assert.DoesNotContain("circularity", measured.Text);
        Assert.Equal(2, measured.Data!.Value.GetArrayLength());
        ToolResult unknown = await Call(new PropertiesTool(), "{\"object\": \"obj1\", \"properties\": [\"smell\"]}", context);
        Assert.True(unknown.IsError);
        Assert.Contains("area, position, shape, color, texture", unknown.Text);
    }

    [Fact]
    public async Task A_track_tells_where_it_ends_and_single_frames_only_when_asked()
    {
        using var state = new EpisodeState();
        var context = new ToolContext { Inputs = ToolInputs.Video, State = state };
        ToolResult brief = await Call(new TrackTool(), "{\"bbox_2d\": [20, 40, 52, 72], \"end_frame\": 2}", context);
        Assert.DoesNotContain("\n", brief.Text);
        Assert.Contains("ends at [", brief.Text);
        ToolResult full = await Call(new TrackTool(), "{\"bbox_2d\": [20, 40, 52, 72], \"every\": 2}", context);
        Assert.Equal(5, full.Text.Split('\n').Length); // frames 1, 3, 5, 7 of 8
    }

    [Fact]
    public async Task A_track_is_continued_by_its_name()
    {
        using var state = new EpisodeState();
        var context = new ToolContext { Inputs = ToolInputs.Video, State = state };
        ToolResult first = await Call(new TrackTool(), "{\"bbox_2d\": [20, 40, 52, 72], \"end_frame\": 4}", context);
        Assert.Contains("frames 1 to 4", first.Text);
        ToolResult second = await Call(new TrackTool(), "{\"track_id\": \"track1\"}", context);
        Assert.Contains("track1 in video 1, frames 1 to 8", second.Text);
        Assert.Contains("moves right", second.Text);
    }

    [Fact]
    public async Task One_pixel_images_get_a_result_or_a_message()
    {
        PixelImage pixel = PixelImage.Create(1, 1, PixelFormat.Rgb24, [1, 2, 3]);
        var context = new ToolContext { Inputs = [new NumberedVisual { Number = 1, Image = pixel, SeenWidth = 28, SeenHeight = 28, Origin = "question" }] };
        foreach (ITool tool in new ITool[] { new ZoomTool(), new SegmentTool(), new PropertiesTool(), new ReadTextTool() })
            Assert.NotEmpty((await Call(tool, "{\"bbox_2d\": [0, 0, 28, 28], \"point_2d\": [14, 14]}", context)).Text);
    }
}
