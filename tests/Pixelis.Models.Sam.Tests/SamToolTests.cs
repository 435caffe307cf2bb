using Pixelis.TestKit;
using Pixelis.Testing;
using Pixelis.Tools;
using Pixelis.Tools.Visual;

namespace Pixelis.Models.Sam.Tests;

/// <summary>SEGMENT_OBJECT_AT over Segment Anything holds what every tool must hold.</summary>
public sealed class SamToolSuite : ToolConformance, IDisposable
{
    private readonly SamSegmenter _segmenter = SamSegmenter.FromPretrained(SamCase.Folder);

    protected override IReadOnlyList<NumberedVisual> Inputs { get; } =
        [new NumberedVisual { Number = 1, Image = SamCase.Picture, SeenWidth = 100, SeenHeight = 74, Origin = "question" }];

    protected override string GoodArguments => "{\"point_2d\": [36, 28]}";

    protected override IReadOnlyList<string> BadArguments => ["{}", "{\"point_2d\": [200, 30]}", "{\"point_2d\": [36, 28], \"bbox_2d\": [60, 60, 70, 70]}"];

    public void Dispose() => _segmenter.Dispose();

    protected override ITool CreateTool() => new SegmentTool(_segmenter);
}
