using System.Text.Json;

namespace Pixelis.Tools.Visual;

/// <summary>GET_PROPERTIES: measures an object or a region: size, place, shape, colours, contrast, texture.</summary>
public sealed class PropertiesTool() : VisualTool<PropertiesArguments>(
    "GET_PROPERTIES", "Measure an object or a region: area, size, centre, shape, orientation, colours, contrast, texture.", "get_properties", "PROPERTIES")
{
    private const int MostObjects = 8;

    /// <inheritdoc />
    protected override async ValueTask<ToolResult> RunAsync(PropertiesArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        CoordinateSpace space = Space(arguments.Coordinates, context);
        IReadOnlyList<string> wanted = PropertiesText.Wanted(arguments.Properties);
        Region[] regions = [.. Regions(arguments, context, space)];
        RegionProperties[] measured = await Task.Run(() => regions.Select(r => RegionAnalyzer.Measure(r.Image, r.Mask, cancellationToken)).ToArray(), cancellationToken);
        return new ToolResult
        {
            Text = string.Join('\n', regions.Zip(measured, (r, m) => PropertiesText.Describe(r.Name.Length > 0 ? r.Name : "region", r.Input, m, space, wanted))),
            Data = arguments.Objects is not { Length: > 0 } ? JsonSerializer.SerializeToElement(measured[0]) : JsonSerializer.SerializeToElement(measured),
            Annotations = [.. regions.Zip(measured, (r, m) => new BoxAnnotation { Input = r.Input.Number, Box = m.Box.ToBox(), Label = r.Name })],
        };
    }

    private readonly record struct Region(string Name, NumberedVisual Input, PixelImage Image, ObjectMask Mask);

    private static IEnumerable<Region> Regions(PropertiesArguments arguments, ToolContext context, CoordinateSpace space)
    {
        // Some models fill every argument they know of: an empty list counts as none.
        if (arguments.Objects is { Length: > 0 } names)
            return names.Length <= MostObjects ? names.Select(name => Segmented(name, context)) : throw new VisualCallException($"At most {MostObjects} objects a call; {names.Length} were named.");
        return [arguments.Object is { } one ? Segmented(one, context) : Boxed(arguments, context, space)];
    }

    private static Region Segmented(string name, ToolContext context)
    {
        (int number, SegmentedObject found) = SegmentedObjects.Of(context).Find(name);
        (NumberedVisual on, PixelImage picture) = Image(context, number);
        return new Region(name, on, picture, found.Mask);
    }

    private static Region Boxed(PropertiesArguments arguments, ToolContext context, CoordinateSpace space)
    {
        if (arguments.Box is not { } box)
            throw new VisualCallException("Give 'object' as a name such as obj1, 'objects' as a list of them, or 'bbox_2d' as [x1, y1, x2, y2].");
        (NumberedVisual input, PixelImage image) = Image(context, arguments.TargetImage);
        return new Region("", input, image, ObjectMask.FromBox(image.Width, image.Height, SourceBox(input, box, space, "bbox_2d").ToRect()));
    }
}
