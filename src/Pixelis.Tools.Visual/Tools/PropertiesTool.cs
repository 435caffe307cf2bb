using System.Globalization;
using System.Text;
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
        (NumberedVisual input, PixelImage image, ObjectMask mask) = Region(arguments, context, space);
        RegionProperties measured = await Task.Run(() => RegionAnalyzer.Measure(image, mask, cancellationToken), cancellationToken);
        return new ToolResult
        {
            Text = Describe(arguments.Object ?? "region", input, measured, space),
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

    private static string Describe(string name, NumberedVisual input, RegionProperties m, CoordinateSpace space)
    {
        PixelPoint centre = CoordinateMapper.FromSource(input, new PixelPoint(m.CentroidX, m.CentroidY), space);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name} in image {input.Number}: {m.Area} pixels, {100 * m.AreaFraction:0.##}% of the image ({m.RelativeSize}); ")
            .Append(CultureInfo.InvariantCulture, $"box {Written(input, m.Box.ToBox(), space)}; centre ({centre.X:0.##}, {centre.Y:0.##}); ")
            .Append(CultureInfo.InvariantCulture, $"perimeter {m.Perimeter:0}; circularity {m.Circularity:0.00}; aspect {m.AspectRatio:0.00}; orientation {m.Orientation:0} degrees; ")
            .Append(CultureInfo.InvariantCulture, $"mean colour {Color(m.MeanColor)}; colours ").AppendJoin(", ", m.DominantColors.Select(Share))
            .Append(CultureInfo.InvariantCulture, $"; contrast {m.Contrast:0.0}; texture {m.TextureEnergy:0.0}.");
        return text.ToString();
    }

    private static string Color(NamedColor c) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} ({c.Red}, {c.Green}, {c.Blue})");

    private static string Share(NamedColor c) => string.Create(CultureInfo.InvariantCulture, $"{c.Name} {100 * c.Share:0}%");
}
