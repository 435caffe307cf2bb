using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>GET_PROPERTIES: measures an object or a region: size, place, shape, colours, contrast, texture.</summary>
public sealed class PropertiesTool() : VisualTool<PropertiesArguments>(
    "GET_PROPERTIES", "Measure an object or a region: area, size, centre, shape, orientation, colours, contrast, texture.", "get_properties", "PROPERTIES")
{
    /// <inheritdoc />
    protected override async ValueTask<ToolResult> RunAsync(PropertiesArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        CoordinateSpace space = Space(arguments.Coordinates, context);
        IReadOnlyList<string> wanted = PropertiesText.Wanted(arguments.Properties);
        (NumberedVisual input, PixelImage image, ObjectMask mask) = Region(arguments, context, space);
        RegionProperties measured = await Task.Run(() => RegionAnalyzer.Measure(image, mask, cancellationToken), cancellationToken);
        return new ToolResult
        {
            Text = PropertiesText.Describe(arguments.Object ?? "region", input, measured, space, wanted),
            Data = JsonSerializer.SerializeToElement(measured),
            Annotations = [new BoxAnnotation { Input = input.Number, Box = measured.Box.ToBox(), Label = arguments.Object ?? "" }],
        };
    }

    private static (NumberedVisual, PixelImage, ObjectMask) Region(PropertiesArguments arguments, ToolContext context, CoordinateSpace space)
    {
        if (arguments.Object is { } name)
        {
            (int number, SegmentedObject found) = SegmentedObjects.Of(context).Find(name);
            (NumberedVisual on, PixelImage picture) = Image(context, number);
            return (on, picture, found.Mask);
        }
        if (arguments.Box is not { } box)
            throw new VisualCallException("Give 'object' as a name such as obj1, or 'bbox_2d' as [x1, y1, x2, y2].");
        (NumberedVisual input, PixelImage image) = Image(context, arguments.TargetImage);
        return (input, image, ObjectMask.FromBox(image.Width, image.Height, SourceBox(input, box, space, "bbox_2d").ToRect()));
    }
}
