using Pixelis.Testing;
using Pixelis.TestKit;

namespace Pixelis.Tools.Visual.Tests;

/// <summary>Inputs of the conformance suites: a red disc on grey, seen at half its size, and a clip in which a square moves.</summary>
internal static class ToolInputs
{
    public static PixelImage Disc { get; } = Scenes.Draw(160, 120, (x, y) => (x - 80) * (x - 80) + (y - 60) * (y - 60) < 900 ? (200, 30, 30) : (120, 120, 120), noise: 6);

    public static IReadOnlyList<NumberedVisual> Image { get; } =
        [new NumberedVisual { Number = 1, Image = Disc, SeenWidth = 80, SeenHeight = 60, Origin = "question" }];

    public static IReadOnlyList<NumberedVisual> Video { get; } =
        [new NumberedVisual { Number = 1, Clip = Moving(), SeenWidth = 160, SeenHeight = 120, Origin = "question" }];

    private static VideoClip Moving() => new(
        [.. Enumerable.Range(0, 8).Select(i => new VideoFrame(
            Scenes.Draw(160, 120, (x, y) => x >= 20 + 5 * i && x < 52 + 5 * i && y >= 40 && y < 72 ? ((x * 37 + y * 91) % 255, 40, (x * y) % 200) : (110, 120, 130), noise: 4), i, TimeSpan.FromSeconds(i / 4.0)))],
        framesPerSecond: 4);
}

public class ZoomToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new ZoomTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Image;

    protected override string GoodArguments => "{\"bbox_2d\": [20, 10, 60, 50]}";

    protected override IReadOnlyList<string> BadArguments =>
        ["{}", "{\"bbox_2d\": [1, 2, 3]}", "{\"bbox_2d\": [30, 10, 20, 50]}", "{\"bbox_2d\": [90, 70, 95, 80]}", "{\"bbox_2d\": [0, 0, 1e999, 4]}", "{\"bbox_2d\": \"x\"}", "{\"center\": [10, 10], \"factor\": 0}", "{\"center\": [10]}", "{\"center\": [500, 10]}"];
}

public class SelectFramesToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new SelectFramesTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Video;

    protected override string GoodArguments => "{\"target_frames\": [1, 8]}";

    protected override IReadOnlyList<string> BadArguments =>
        ["{}", "{\"target_frames\": [0]}", "{\"target_frames\": [9]}", "{\"target_frames\": [1,1,1,1,1,1,1,1,1]}", "{\"times\": [-1]}", "{\"times\": [99]}"];
}

public class SegmentToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new SegmentTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Image;

    protected override string GoodArguments => "{\"point_2d\": [40, 30]}";

    protected override IReadOnlyList<string> BadArguments => ["{}", "{\"point_2d\": [200, 30]}", "{\"point_2d\": [1]}", "{\"point_2d\": [40, 30], \"bbox_2d\": [0, 0, 10, 10]}"];
}

public class PropertiesToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new PropertiesTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Image;

    protected override string GoodArguments => "{\"bbox_2d\": [20, 10, 60, 50]}";

    protected override IReadOnlyList<string> BadArguments => ["{}", "{\"object\": \"obj1\"}", "{\"bbox_2d\": []}"];
}

public class ReadTextToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new ReadTextTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Image;

    protected override string GoodArguments => "{}";

    protected override IReadOnlyList<string> BadArguments => ["{\"bbox_2d\": [5, 5, 5, 5]}", "{\"language\": \"no-such-language\"}", "{\"language\": \"../eng\"}"];
}

public class TrackToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new TrackTool();

    protected override IReadOnlyList<NumberedVisual> Inputs => ToolInputs.Video;

    protected override string GoodArguments => "{\"bbox_2d\": [20, 40, 52, 72]}";

    protected override IReadOnlyList<string> BadArguments =>
        ["{}", "{\"track_id\": \"track9\"}", "{\"bbox_2d\": [20, 40, 52, 72], \"start_frame\": 0}", "{\"bbox_2d\": [20, 40, 52, 72], \"end_frame\": 9}", "{\"bbox_2d\": [20, 40, 21, 41]}"];
}
