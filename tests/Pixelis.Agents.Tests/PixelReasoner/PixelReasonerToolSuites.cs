using Pixelis.TestKit;
using Pixelis.Testing;
using Pixelis.Tools;

namespace Pixelis.Agents.Tests.PixelReasoner;

public class PixelReasonerCropToolSuite : ToolConformance
{
    protected override ITool CreateTool() => Preset.Tools[0];

    protected override IReadOnlyList<NumberedVisual> Inputs { get; } =
        [new() { Number = 1, Image = PixelImage.Wrap(160, 120, PixelFormat.Rgb24, new byte[160 * 120 * 3]), SeenWidth = 168, SeenHeight = 112, Origin = "question" }];

    protected override string GoodArguments => "{\"bbox_2d\": [0.2, 0.2, 0.7, 0.7], \"target_image\": 1}";

    protected override IReadOnlyList<string> BadArguments =>
        ["{}", "{\"bbox_2d\": [1, 2, 3]}", "{\"bbox_2d\": [0.5, 0.1, 0.2, 0.5]}", "{\"bbox_2d\": [0, 0, 1e999, 4]}", "{\"bbox_2d\": \"x\"}", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1.5}", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": -1}", "{\"bbox_2d\": [0, 0, 1, 1], \"target_image\": 1e300}"];

    private static VisualToolCatalogue Preset { get; } = new VisualToolCatalogue().PixelReasoner();
}

public class PixelReasonerSelectToolSuite : ToolConformance
{
    protected override ITool CreateTool() => new VisualToolCatalogue().PixelReasoner().Tools[1];

    protected override IReadOnlyList<NumberedVisual> Inputs { get; } =
        [new()
        {
            Number = 1,
            Clip = new VideoClip([.. Enumerable.Range(0, 4).Select(i => new VideoFrame(PixelImage.Wrap(64, 48, PixelFormat.Rgb24, new byte[64 * 48 * 3]), i, TimeSpan.FromSeconds(i)))], 1),
            SeenWidth = 56,
            SeenHeight = 56,
            Origin = "question",
        }];

    protected override string GoodArguments => "{\"target_frames\": [1, 4]}";

    protected override IReadOnlyList<string> BadArguments =>
        ["{}", "{\"target_frames\": []}", "{\"target_frames\": [0]}", "{\"target_frames\": [5]}", "{\"target_frames\": [1,1,1,1,1,1,1,1,1]}", "{\"target_frames\": [1.5]}"];
}
