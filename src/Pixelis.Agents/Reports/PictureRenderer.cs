using System.Globalization;
using System.Text;
using Pixelis.Imaging;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents;

/// <summary>
/// Draws the pictures of a trajectory. Each one's pixels stand in the page once, at its end, however often it is shown.
/// </summary>
internal sealed class PictureRenderer(Trajectory trajectory)
{
    private const int WidestShown = 452; // two beside each other: a picture and the part that was cut from it
    private const int NarrowestShown = 220;
    private const int HighestShown = 640;
    private const int FramesShown = 6;
    private const int FrameWidth = 297; // three beside each other

    private readonly StringBuilder _pixels = new();
    private readonly HashSet<string> _kept = new(StringComparer.Ordinal);

    /// <summary>Appends a picture, or some frames of a video, with what one call found on it.</summary>
    public void Append(StringBuilder page, int number, IReadOnlyList<ToolAnnotation> annotations)
    {
        if (trajectory.Inputs.FirstOrDefault(i => i.Number == number) is not { } input)
            return;
        NumberedVisual? media = trajectory.Media.FirstOrDefault(m => m.Number == number);
        if (input.FrameCount == 0 && media?.Clip is null)
        {
            AppendFigure(page, input, media?.Image, null, annotations);
            return;
        }
        foreach (int frame in Frames(input, annotations))
            AppendFigure(page, input, media?.Clip is { } clip && frame < clip.Frames.Count ? clip.Frames[frame].Image : null, frame, annotations);
        foreach (TrackAnnotation track in annotations.OfType<TrackAnnotation>())
            AppendVisibility(page, track);
    }

    /// <summary>The pixels of everything that was shown; the last thing on the page.</summary>
    public void AppendPixels(StringBuilder page)
    {
        if (_pixels.Length > 0)
            page.Append("<svg class=\"pixels\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>").Append(_pixels).Append("</defs></svg>");
    }

    // Evenly spaced, first and last among them; those of the track when there is one.
    private static IEnumerable<int> Frames(TrajectoryInput input, IReadOnlyList<ToolAnnotation> annotations)
    {
        TrackAnnotation? track = annotations.OfType<TrackAnnotation>().FirstOrDefault();
        int first = Math.Clamp(track?.FirstFrame ?? 0, 0, Math.Max(0, input.FrameCount - 1));
        int count = Math.Min(track?.Boxes.Count ?? input.FrameCount, input.FrameCount - first);
        int shown = Math.Min(FramesShown, count);
        return Enumerable.Range(0, shown).Select(i => first + (shown == 1 ? 0 : (int)Math.Round(i * (count - 1.0) / (shown - 1)))).Distinct();
    }

    private void AppendFigure(StringBuilder page, TrajectoryInput input, PixelImage? image, int? frame, IReadOnlyList<ToolAnnotation> annotations)
    {
        int shown = frame is null ? ShownWidth(input) : FrameWidth;
        page.Append(CultureInfo.InvariantCulture, $"<figure style=\"width:{shown}px\"><svg viewBox=\"0 0 {input.Width} {input.Height}\" role=\"img\">");
        if (image is null)
            page.Append("<rect class=\"absent\" width=\"100%\" height=\"100%\"/>");
        else
            page.Append("<use href=\"#").Append(Keep(input.Number, frame, image)).Append("\"/>");
        new AnnotationRenderer(page, (double)input.Width / shown, input.Width, input.Height).Append(annotations, frame);
        page.Append("</svg><figcaption>");
        AppendCaption(page, input, frame, image is null);
        page.Append("</figcaption></figure>");
    }

    private static int ShownWidth(TrajectoryInput input)
    {
        double fits = Math.Min(WidestShown, HighestShown * (double)input.Width / Math.Max(1, input.Height));
        return (int)Math.Clamp(fits, NarrowestShown, WidestShown);
    }

    private string Keep(int number, int? frame, PixelImage image)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"p{number}{(frame is { } f ? $"f{f}" : "")}");
        if (!_kept.Add(id))
            return id;
        // In full size: what a tool saw is what a reader should be able to see.
        byte[] jpeg = OpenCvImageCodec.Shared.Encode(image.ToRgb(), ImageFileFormat.Jpeg, 88);
        _pixels.Append(CultureInfo.InvariantCulture, $"<image id=\"{id}\" width=\"{image.Width}\" height=\"{image.Height}\" href=\"data:image/jpeg;base64,")
            .Append(Convert.ToBase64String(jpeg)).Append("\"/>");
        return id;
    }

    private static void AppendCaption(StringBuilder page, TrajectoryInput input, int? frame, bool absent)
    {
        page.Append(CultureInfo.InvariantCulture, $"<b>{(frame is null ? "image" : "video")} {input.Number}</b>");
        if (frame is { } index)
            page.Append(CultureInfo.InvariantCulture, $", frame {index + 1} of {input.FrameCount}");
        else
            page.Append(CultureInfo.InvariantCulture, $" &middot; {input.Width} x {input.Height}, seen as {input.SeenWidth} x {input.SeenHeight}");
        if (input.Parent is { } parent)
            page.Append(CultureInfo.InvariantCulture, $" &middot; from {parent}");
        if (input.Origin != "question")
            page.Append(" &middot; ").Append(HtmlText.Escape(input.Origin));
        if (input.Path is { } path && frame is null or 0)
            page.Append(" &middot; ").Append(HtmlText.Escape(Path.GetFileName(path)));
        if (absent)
            page.Append(" &middot; pixels not kept");
    }

    private static void AppendVisibility(StringBuilder page, TrackAnnotation track)
    {
        int count = track.Boxes.Count;
        if (count == 0)
            return;
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"seen\"><svg viewBox=\"0 0 {count} 1\" preserveAspectRatio=\"none\">");
        for (int i = 0; i < count;)
        {
            bool visible = track.Boxes[i] is not null;
            int end = i + 1;
            while (end < count && track.Boxes[end] is not null == visible)
                end++;
            page.Append(CultureInfo.InvariantCulture, $"<rect class=\"{(visible ? "visible" : "lost")}\" x=\"{i}\" width=\"{end - i}\" height=\"1\"/>");
            i = end;
        }
        page.Append(CultureInfo.InvariantCulture, $"</svg><small>")
            .Append(HtmlText.Escape(track.Label))
            .Append(CultureInfo.InvariantCulture, $": visible in {track.Boxes.Count(b => b is not null)} of {count} frames, from frame {track.FirstFrame + 1}</small></div>");
    }
}
