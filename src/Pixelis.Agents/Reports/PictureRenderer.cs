using System.Globalization;
using System.Text;
using Pixelis.Imaging;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>Draws the pictures of a trajectory with everything tools found on them.</summary>
internal sealed class PictureRenderer(Trajectory trajectory)
{
    private const int ThumbnailWidth = 640;
    private const int FramesShown = 4;

    private readonly OpenCvImageCodec _codec = new();
    private readonly ILookup<int, ToolAnnotation> _annotations = trajectory.Turns
        .SelectMany(t => t.Invocations).SelectMany(i => i.Annotations).ToLookup(a => a.Input);

    public void Append(StringBuilder page, int number)
    {
        TrajectoryInput? description = trajectory.Inputs.FirstOrDefault(i => i.Number == number);
        if (description is null)
            return;
        NumberedVisual? media = trajectory.Media.FirstOrDefault(m => m.Number == number);
        foreach ((PixelImage? image, int? frame) in Frames(media))
            AppendFigure(page, description, image, frame);
    }

    private static IEnumerable<(PixelImage? Image, int? Frame)> Frames(NumberedVisual? media)
    {
        if (media?.Clip is not { } clip)
            return [(media?.Image, null)];
        int step = Math.Max(1, (clip.Frames.Count - 1) / Math.Max(1, FramesShown - 1));
        return Enumerable.Range(0, clip.Frames.Count).Where(i => i % step == 0 || i == clip.Frames.Count - 1)
            .Take(FramesShown + 1).Select(i => ((PixelImage?)clip.Frames[i].Image, (int?)i));
    }

    private void AppendFigure(StringBuilder page, TrajectoryInput input, PixelImage? image, int? frame)
    {
        int shown = Math.Min(ThumbnailWidth, Math.Max(160, input.Width));
        page.Append(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {input.Width} {input.Height}\" width=\"{shown}\">");
        if (image is not null)
        {
            // The picture in full: what a tool saw is what a reader should be able to see.
            byte[] jpeg = _codec.Encode(image.ToRgb(), ImageFileFormat.Jpeg, 88);
            page.Append(CultureInfo.InvariantCulture, $"<image width=\"{input.Width}\" height=\"{input.Height}\" href=\"data:image/jpeg;base64,")
                .Append(Convert.ToBase64String(jpeg)).Append("\"/>");
        }
        double font = Math.Max(10, input.Width / 32.0);
        foreach (ToolAnnotation annotation in _annotations[input.Number])
            AppendAnnotation(page, annotation, frame, font);
        page.Append(CultureInfo.InvariantCulture, $"</svg><figcaption>{input.Number}");
        if (frame is { } index)
            page.Append(CultureInfo.InvariantCulture, $", frame {index + 1} of {input.FrameCount}");
        page.Append(CultureInfo.InvariantCulture, $" &middot; {input.Width}x{input.Height}, seen as {input.SeenWidth}x{input.SeenHeight} &middot; ")
            .Append(HtmlText.Escape(input.Origin)).Append("</figcaption></figure>");
    }

    private static void AppendAnnotation(StringBuilder page, ToolAnnotation annotation, int? frame, double font)
    {
        switch (annotation)
        {
            case BoxAnnotation box:
                AppendBox(page, box.Box, box.Label, font);
                break;
            case RegionAnnotation region:
                AppendRegion(page, region, font);
                break;
            case TrackAnnotation track:
                AppendTrack(page, track, frame, font);
                break;
        }
    }

    private static void AppendBox(StringBuilder page, PixelBox box, string label, double font)
    {
        page.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"mark\" x=\"{box.Left:0.#}\" y=\"{box.Top:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\"/>");
        AppendLabel(page, box.Left, box.Top, label, font);
    }

    private static void AppendRegion(StringBuilder page, RegionAnnotation region, double font)
    {
        foreach (IReadOnlyList<PixelPoint> polygon in region.Polygons)
            AppendPoints(page, "polygon", "region", polygon);
        if (region.Polygons is [[var first, ..], ..])
            AppendLabel(page, first.X, first.Y, region.Label, font);
    }

    private static void AppendTrack(StringBuilder page, TrackAnnotation track, int? frame, double font)
    {
        AppendPoints(page, "polyline", "way", [.. track.Boxes.OfType<PixelBox>().Select(b => new PixelPoint(b.CenterX, b.CenterY))]);
        int at = (frame ?? 0) - track.FirstFrame;
        if (at >= 0 && at < track.Boxes.Count && track.Boxes[at] is { } box)
            AppendBox(page, box, track.Label, font);
    }

    private static void AppendPoints(StringBuilder page, string element, string style, IReadOnlyList<PixelPoint> points)
    {
        page.Append('<').Append(element).Append(" class=\"").Append(style).Append("\" points=\"");
        foreach (PixelPoint point in points)
            page.Append(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#} ");
        page.Append("\"/>");
    }

    private static void AppendLabel(StringBuilder page, double x, double y, string label, double font)
    {
        if (label.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{x:0.#}\" y=\"{Math.Max(font, y - font / 4):0.#}\" font-size=\"{font:0.#}\">")
                .Append(HtmlText.Escape(label)).Append("</text>");
        }
    }
}
