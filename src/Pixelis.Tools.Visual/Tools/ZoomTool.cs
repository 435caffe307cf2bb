
namespace Pixelis.Tools.Visual;

/// <summary>
/// ZOOM_IN: cuts a region out of the source pixels of an image, so that detail appears which the model's own, smaller view lacks.
/// </summary>
public sealed class ZoomTool(ZoomOptions? options = null)
    : VisualTool<ZoomArguments>((options ?? Default).Name, Text, [.. Names.Where(n => n != (options ?? Default).Name)])
{
    private static readonly ZoomOptions Default = new();
    private static readonly string[] Names = ["ZOOM_IN", "zoom_in", "crop_image", "crop_image_normalized"];

    private const string Text =
        "Look closer at a region of an image: returns the region cut from the full-resolution image, where small things and small text can be seen.";

    private readonly ZoomOptions _options = options ?? Default;

    /// <inheritdoc />
    protected override ValueTask<ToolResult> RunAsync(ZoomArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        (NumberedVisual input, PixelImage image) = Image(context, arguments.TargetImage);
        PixelBox box = Pad(Region(arguments, input, context), image);
        if (_options.RefuseSmall && (box.Width <= _options.MinSide || box.Height <= _options.MinSide))
            throw new VisualCallException($"The region is {box.Width:0}x{box.Height:0} pixels; it must be larger than {_options.MinSide} on both sides.");
        PixelBox grown = Grow(box, image).RoundOut().ClampTo(image.Width, image.Height);
        PixelImage crop = Cropping.Crop(image, grown);
        return ValueTask.FromResult(new ToolResult
        {
            Text = FormattableString.Invariant($"Zoomed into image {input.Number}: {crop.Width}x{crop.Height} pixels of the source."),
            Images = [new ToolImage(crop, input.Number, grown)],
            Annotations = [new BoxAnnotation { Input = input.Number, Box = grown, Label = "zoom" }],
        });
    }

    private PixelBox Region(ZoomArguments arguments, NumberedVisual input, ToolContext context)
    {
        CoordinateSpace space = Space(arguments.Coordinates, context);
        if (arguments.Box is { } box)
        {
            if (_options.FractionsWhenAtMostOne && arguments.Coordinates is null)
                space = box.All(v => v <= 1) ? CoordinateSpace.Normalized : CoordinateSpace.SeenPixels;
            return SourceBox(input, box, space, "bbox_2d");
        }
        if (arguments.Center is not { } center)
            throw new VisualCallException("Give 'bbox_2d' as [x1, y1, x2, y2], or 'center' as [x, y] with 'factor'.");
        double factor = arguments.Factor ?? 2;
        if (!(factor >= 1 && factor <= 64))
            throw new VisualCallException("'factor' must be from 1 to 64.");
        return About(SourcePoint(input, center, space, "center"), input.SourceWidth / factor, input.SourceHeight / factor, input);
    }

    private PixelBox Pad(PixelBox box, PixelImage image)
    {
        double dx = _options.Padding * image.Width, dy = _options.Padding * image.Height;
        return new PixelBox(box.Left - dx, box.Top - dy, box.Right + dx, box.Bottom + dy).ClampTo(image.Width, image.Height);
    }

    private PixelBox Grow(PixelBox box, PixelImage image)
    {
        double width = Math.Min(Math.Max(box.Width, _options.MinSide), image.Width);
        double height = Math.Min(Math.Max(box.Height, _options.MinSide), image.Height);
        return Shift(box.CenterX, box.CenterY, width, height, image.Width, image.Height);
    }

    private static PixelBox About(PixelPoint center, double width, double height, NumberedVisual input) =>
        Shift(center.X, center.Y, width, height, input.SourceWidth, input.SourceHeight);

    // A region of the asked size about the centre, moved rather than cut where it would leave the image.
    private static PixelBox Shift(double x, double y, double width, double height, int imageWidth, int imageHeight)
    {
        double left = Math.Clamp(x - width / 2, 0, Math.Max(0, imageWidth - width));
        double top = Math.Clamp(y - height / 2, 0, Math.Max(0, imageHeight - height));
        return PixelBox.FromSize(left, top, width, height).ClampTo(imageWidth, imageHeight);
    }
}
