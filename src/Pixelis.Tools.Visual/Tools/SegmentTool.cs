using System.Globalization;
using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>SEGMENT_OBJECT_AT: finds the object at a point and keeps it for the episode, so that other tools can measure or follow it.</summary>
/// <param name="segmenter">The backend; null for <see cref="GrabCutSegmenter"/>.</param>
public sealed class SegmentTool(ISegmenter? segmenter = null) : VisualTool<SegmentArguments>(
    "SEGMENT_OBJECT_AT", "Find the exact outline of the object at a point: returns its name, box, area and confidence.", "segment_object_at", "SEGMENT")
{
    private readonly ISegmenter _segmenter = segmenter ?? GrabCutSegmenter.Shared;

    /// <summary>Names are given in the order of the calls, so calls of one turn run one after the other.</summary>
    public override bool IsIndependent => false;

    /// <inheritdoc />
    protected override async ValueTask<ToolResult> RunAsync(SegmentArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        (NumberedVisual input, PixelImage image) = Image(context, arguments.TargetImage);
        CoordinateSpace space = Space(arguments.Coordinates, context);
        PixelPosition point = SourcePoint(input, arguments.Point, space, "point_2d").ToPosition(image);
        PixelRect? box = arguments.Box is { } written ? SourceBox(input, written, space, "bbox_2d").ToRect() : null;
        SegmentedObject found = await Task.Run(() => _segmenter.Segment(image, new SegmentationPrompt(point, box), cancellationToken), cancellationToken);
        if (found.Area == 0)
            return ToolResult.Error("No object was found at that point. Try a point nearer to its middle, or give a box.");
        string name = SegmentedObjects.Of(context).Add(input.Number, found);
        return new ToolResult
        {
            Text = string.Create(CultureInfo.InvariantCulture,
                $"{name}: object in image {input.Number}, box {Written(input, found.Box.ToBox(), space)}, confidence {found.Confidence:0.00}."),
            Data = JsonSerializer.SerializeToElement(new { name, image = input.Number, area = found.Area, confidence = found.Confidence, box = Corners(found.Box) }),
            Annotations = [new RegionAnnotation { Input = input.Number, Label = name, Polygons = [[.. found.Polygon.Select(p => new PixelPoint(p.X, p.Y))]] }],
        };
    }

    private static int[] Corners(PixelRect box) => [box.X, box.Y, box.Right, box.Bottom];
}
