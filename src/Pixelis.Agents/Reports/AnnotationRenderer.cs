using System.Globalization;
using System.Text;
using Pixelis.Tools;

namespace Pixelis.Agents;

/// <summary>Draws what a tool found as SVG elements in the source pixels of a picture.</summary>
/// <param name="page">Where to write.</param>
/// <param name="scale">Source pixels a pixel on the screen, so that captions are equally large on every picture.</param>
/// <param name="width">Width of the picture in source pixels.</param>
/// <param name="height">Height of the picture in source pixels.</param>
internal sealed class AnnotationRenderer(StringBuilder page, double scale, int width, int height)
{
    private const int CaptionedBoxes = 12;

    private double Font => 13 * scale;

    /// <param name="annotations">What one call found on this picture.</param>
    /// <param name="frame">Index of the frame that is drawn, for a video.</param>
    public void Append(IReadOnlyList<ToolAnnotation> annotations, int? frame)
    {
        // A page of text has hundreds of words: their captions would cover it, so they show on hover only.
        bool captions = annotations.OfType<BoxAnnotation>().Count() <= CaptionedBoxes;
        foreach (ToolAnnotation annotation in annotations)
        {
            switch (annotation)
            {
                case BoxAnnotation box:
                    AppendBox(captions ? "mark" : "mark fine", box.Box, box.Label, captions);
                    break;
                case RegionAnnotation region:
                    AppendRegion(region);
                    break;
                case TrackAnnotation track:
                    AppendTrack(track, frame ?? 0);
                    break;
            }
        }
    }

    private void AppendBox(string style, PixelBox box, string label, bool caption)
    {
        if (!double.IsFinite(box.Left + box.Top + box.Right + box.Bottom) || !box.IsValid)
            return;
        page.Append(CultureInfo.InvariantCulture,
            $"<rect class=\"{style}\" x=\"{box.Left:0.#}\" y=\"{box.Top:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\"><title>")
            .Append(HtmlText.Escape(label)).Append("</title></rect>");
        if (caption)
            AppendCaption(box.Left, box.Top, label);
    }

    private void AppendRegion(RegionAnnotation region)
    {
        PixelPoint[][] outlines = [.. region.Polygons.Select(p => p.Where(IsFinite).ToArray()).Where(p => p.Length > 2)];
        if (outlines.Length == 0)
            return;
        // One path for all outlines, so that a hole, which is an outline inside another, stays open.
        page.Append("<path class=\"region\" fill-rule=\"evenodd\" d=\"");
        foreach (PixelPoint[] outline in outlines)
        {
            for (int i = 0; i < outline.Length; i++)
                page.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{outline[i].X:0.#} {outline[i].Y:0.#}");
            page.Append('Z');
        }
        page.Append("\"/>");
        AppendCaption(outlines[0].Min(p => p.X), outlines[0].Min(p => p.Y), region.Label);
    }

    private void AppendTrack(TrackAnnotation track, int frame)
    {
        PixelPoint[] way = [.. track.Boxes.OfType<PixelBox>().Select(b => new PixelPoint(b.CenterX, b.CenterY)).Where(IsFinite)];
        if (way.Length > 1)
        {
            AppendWay("casing", way);
            AppendWay("way", way);
        }
        int at = frame - track.FirstFrame;
        if (at >= 0 && at < track.Boxes.Count && track.Boxes[at] is { } box)
        {
            AppendBox("now", box, track.Label, caption: true);
            if (IsFinite(new PixelPoint(box.CenterX, box.CenterY)))
                page.Append(CultureInfo.InvariantCulture, $"<circle class=\"here\" cx=\"{box.CenterX:0.#}\" cy=\"{box.CenterY:0.#}\" r=\"{4 * scale:0.##}\"/>");
        }
    }

    private void AppendWay(string style, PixelPoint[] way)
    {
        page.Append("<polyline class=\"").Append(style).Append("\" points=\"");
        foreach (PixelPoint point in way)
            page.Append(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#} ");
        page.Append("\"/>");
    }

    // Above the mark where there is room, inside the picture everywhere.
    private void AppendCaption(double x, double y, string label)
    {
        if (label.Length == 0)
            return;
        string shown = label.Length <= 40 ? label : label[..40] + "...";
        double left = Math.Clamp(x, 0, Math.Max(0, width - 0.6 * Font * shown.Length));
        double bottom = Math.Clamp(y - Font * 0.35, Font, Math.Max(Font, height - Font * 0.3));
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{left:0.#}\" y=\"{bottom:0.#}\" font-size=\"{Font:0.##}\" stroke-width=\"{3.5 * scale:0.##}\">")
            .Append(HtmlText.Escape(shown)).Append("</text>");
    }

    private static bool IsFinite(PixelPoint point) => double.IsFinite(point.X) && double.IsFinite(point.Y);
}
