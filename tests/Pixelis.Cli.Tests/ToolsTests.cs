using System.Text.Json;
using Pixelis.Imaging;
using Pixelis.Models.Sam;
using Pixelis.TestKit;

namespace Pixelis.Cli.Tests;

public sealed class ToolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToolsTests()
    {
        // A red square on grey, at a place that the tests know.
        var pixels = new byte[160 * 120 * 3];
        Array.Fill(pixels, (byte)120);
        for (int y = 30; y < 80; y++)
        {
            for (int x = 40; x < 100; x++)
            {
                int at = (y * 160 + x) * 3;
                (pixels[at], pixels[at + 1], pixels[at + 2]) = (220, 20, 20);
            }
        }
        ImageFile.Save(PixelImage.Wrap(160, 120, PixelFormat.Rgb24, pixels), Picture);
    }

    private string Picture => _folder["square.png"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task List_names_all_six_and_json_holds_their_schemas()
    {
        string[] names = ["ZOOM_IN", "SELECT_FRAMES", "SEGMENT_OBJECT_AT", "GET_PROPERTIES", "READ_TEXT", "TRACK_OBJECT"];
        ChildResult text = (await PixelisTool.RunAsync("tools", "list")).Succeeded();
        Assert.All(names, name => Assert.Contains(name, text.Output, StringComparison.Ordinal));
        using var list = JsonDocument.Parse((await PixelisTool.RunAsync("tools", "list", "--json")).Succeeded().Output);
        Assert.Equal(names, list.RootElement.EnumerateArray().Select(tool => tool.GetProperty("name").GetString()));
        Assert.All(list.RootElement.EnumerateArray(), tool => Assert.Equal("object", tool.GetProperty("parameters").GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Run_cuts_the_region_and_marks_it()
    {
        string[] line = ["tools", "run", "crop_image", "--image", Picture, "--arguments", """{"bbox_2d": [40, 30, 100, 80]}""", "--out", _folder["out"], "--json"];
        using var document = JsonDocument.Parse((await PixelisTool.RunAsync(line)).Succeeded().Output);
        Assert.Equal("ZOOM_IN", document.RootElement.GetProperty("tool").GetString());
        PixelImage crop = ImageFile.Load(_folder["out/result-1.png"]);
        Assert.Equal((60, 50), (crop.Width, crop.Height));
        Assert.Equal([220, 20, 20], crop.Row(25)[..3].ToArray());
        PixelImage marked = ImageFile.Load(_folder["out/marked-1.png"]), source = ImageFile.Load(Picture);
        Assert.Equal((source.Width, source.Height), (marked.Width, marked.Height));
        Assert.NotEqual(source.ContentHash, marked.ContentHash);
        Assert.Equal(source.Row(0).ToArray(), marked.Row(0).ToArray()); // far from the box nothing changed
    }

    [Fact]
    public async Task Run_reads_arguments_from_a_file()
    {
        File.WriteAllText(_folder["call.json"], "{\n  \"bbox_2d\": [40, 30, 100, 80]\n}\n");
        ChildResult result = (await PixelisTool.RunAsync("tools", "run", "get_properties", "-i", Picture, "-a", "@" + _folder["call.json"])).Succeeded();
        Assert.Contains("3000 pixels", result.Output, StringComparison.Ordinal);
        ChildResult missing = await PixelisTool.RunAsync("tools", "run", "get_properties", "-i", Picture, "-a", "@" + _folder["nothere.json"]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("nothere.json", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_prints_what_was_measured()
    {
        string[] line = ["tools", "run", "get_properties", "-i", Picture, "-a", """{"bbox_2d": [40, 30, 100, 80]}"""];
        ChildResult result = (await PixelisTool.RunAsync(line)).Succeeded();
        Assert.Contains("3000 pixels", result.Output, StringComparison.Ordinal);
        Assert.Contains("red", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_anything_stands_in_for_grabcut_where_the_tool_segments()
    {
        RandomSamModel.Write(_folder["sam"]);
        string[] plain = ["tools", "run", "segment_object_at", "-i", Picture, "-a", """{"point_2d": [70, 55]}""", "--json"], line = [.. plain, "--sam", _folder["sam"]];
        ChildResult found = await PixelisTool.RunAsync(line), again = await PixelisTool.RunAsync(line), grabCut = await PixelisTool.RunAsync(plain);
        static string Text(ChildResult result) => JsonDocument.Parse(result.Output).RootElement.GetProperty("text").GetString()!;
        Assert.Equal(Text(found), Text(again)); // a random model's outline means nothing, but it is one, and always the same
        Assert.NotEqual(Text(found), Text(grabCut));

        ChildResult refused = await PixelisTool.RunAsync("tools", "run", "zoom_in", "-i", Picture, "--sam", _folder["sam"]);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("segment_object_at", refused.Error, StringComparison.Ordinal);
        ChildResult missing = await PixelisTool.RunAsync("tools", "run", "segment_object_at", "-i", Picture, "-a", """{"point_2d": [70, 55]}""", "--sam", _folder["nowhere"]);
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains("config.json", missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_tints_an_outline_and_follows_through_a_folder_of_frames()
    {
        (await PixelisTool.RunAsync("tools", "run", "segment_object_at", "-i", Picture, "-a", """{"point_2d": [70, 55]}""", "-o", _folder["seg"])).Succeeded();
        ReadOnlySpan<byte> middle = ImageFile.Load(_folder["seg/marked-1.png"]).Row(55).Slice(70 * 3, 3);
        Assert.True(middle[2] > 60, "the square's blue is 20; tinted it is more");

        Directory.CreateDirectory(_folder["clip"]);
        foreach (int frame in Enumerable.Range(0, 8))
            File.Copy(Picture, _folder[$"clip/{frame:000}.png"]);
        ChildResult track = await PixelisTool.RunAsync("tools", "run", "track_object", "--video", _folder["clip"], "-a", """{"bbox_2d": [40, 30, 100, 80]}""", "-o", _folder["track"]);
        Assert.Contains("frames 1 to 8", track.Succeeded().Output, StringComparison.Ordinal);
        Assert.Equal(6, Directory.GetFiles(_folder["track"], "marked-1-frame-*.png").Length);
    }

    [Fact]
    public async Task A_refused_call_prints_the_message_for_the_model_and_ends_with_1()
    {
        ChildResult result = await PixelisTool.RunAsync("tools", "run", "zoom_in", "-i", Picture, "-a", """{"bbox_2d": [9, 9, 1, 1]}""");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("x2 must be greater", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tools run nothing --json", 2, "no tool 'nothing'")]
    [InlineData("tools run zoom_in --json -a {", 2, "not JSON")]
    [InlineData("tools run zoom_in --json -i nowhere.png", 1, "nowhere.png")]
    [InlineData("tools score --json --data nowhere", 1, "nowhere")]
    [InlineData("tools score --json --data . --only smell", 2, "--only")]
    [InlineData("tools score --json", 2, "--data")]
    public async Task With_json_a_failure_is_json(string line, int code, string message)
    {
        ChildResult result = await PixelisTool.RunAsync(line.Split(' '));
        Assert.Equal(code, result.ExitCode);
        using var document = JsonDocument.Parse(result.Output);
        JsonElement error = document.RootElement.GetProperty("error");
        Assert.Contains(message, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(code, error.GetProperty("exitCode").GetInt32());
        Assert.StartsWith("pixelis: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_prints_a_table_and_tells_each_item()
    {
        Directory.CreateDirectory(_folder["data/segmentation"]);
        File.Copy(Picture, _folder["data/segmentation/square.png"]);
        var truth = new byte[160 * 120 * 3];
        for (int y = 30; y < 80; y++)
            truth.AsSpan((y * 160 + 40) * 3, 60 * 3).Fill(255);
        ImageFile.Save(PixelImage.Wrap(160, 120, PixelFormat.Rgb24, truth), _folder["data/segmentation/square.mask.png"]);
        File.WriteAllText(_folder["data/segmentation/segmentation.json"], """[{"id": "square", "image": "square.png", "mask": "square.mask.png", "point": [70, 55]}]""");
        ChildResult result = (await PixelisTool.RunAsync("tools", "score", "--data", _folder["data"], "--out", _folder["table.md"])).Succeeded();
        Assert.Contains("| objects | IoU |", result.Output, StringComparison.Ordinal);
        Assert.Contains("| square | ", result.Output, StringComparison.Ordinal);
        Assert.Contains("segmentation 1/1 square: IoU", result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Output.TrimEnd(), File.ReadAllText(_folder["table.md"]).TrimEnd());
        using var json = JsonDocument.Parse((await PixelisTool.RunAsync("tools", "score", "--data", _folder["data"], "--json")).Succeeded().Output);
        Assert.True(json.RootElement[0].GetProperty("mean").GetProperty("IoU").GetDouble() > 0.9);
    }

    [SharedFact("real/tracking")]
    public async Task Ctrl_c_stops_a_score_with_130()
    {
        ChildResult result = await PixelisTool.InterruptAsync("INT", TimeSpan.FromSeconds(4), "tools", "score", "--data", SharedData.RequirePath("real"), "--only", "tracking");
        Assert.Equal(130, result.ExitCode);
        Assert.EndsWith("pixelis: stopped\n", result.Error, StringComparison.Ordinal);
    }
}
