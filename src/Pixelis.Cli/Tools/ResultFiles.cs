using System.Globalization;
using Pixelis.Imaging;
using Pixelis.Tools;

namespace Pixelis.Cli.Tools;

/// <summary>Writes what a tool returned and found as pictures.</summary>
internal static class ResultFiles
{
    private const int FramesDrawn = 6;

    private static readonly Canvas.Ink Box = new(255, 59, 48), Region = new(216, 27, 255), Way = new(255, 214, 10);

    /// <summary>Writes <c>result-N.png</c> for every picture returned and <c>marked-N.png</c> for every picture something was found on.</summary>
    /// <returns>The files, in order.</returns>
    public static IReadOnlyList<string> Write(string folder, ToolRunner.Outcome outcome, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (ToolImage image in outcome.Result.Images)
            Save(image.Image, string.Create(CultureInfo.InvariantCulture, $"result-{files.Count + 1}.png"));
        foreach (IGrouping<int, ToolAnnotation> on in outcome.Result.Annotations.GroupBy(annotation => annotation.Input))
        {
            NumberedVisual input = outcome.Inputs.First(candidate => candidate.Number == on.Key);
            if (input.Image is { } image)
                Save(Draw(image, on, 0), string.Create(CultureInfo.InvariantCulture, $"marked-{on.Key}.png"));
            foreach (int frame in input.Clip is { } clip ? Frames(clip, on) : [])
                Save(Draw(input.Clip!.Frames[frame].Image, on, frame), string.Create(CultureInfo.InvariantCulture, $"marked-{on.Key}-frame-{frame + 1:0000}.png"));
        }
        return files;

        void Save(PixelImage image, string name)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add(Path.Combine(folder, name));
            ImageFile.Save(image, files[^1]);
        }
    }

    private static IEnumerable<int> Frames(VideoClip clip, IEnumerable<ToolAnnotation> annotations)
    {
        TrackAnnotation? track = annotations.OfType<TrackAnnotation>().FirstOrDefault();
        int first = Math.Clamp(track?.FirstFrame ?? 0, 0, clip.Frames.Count - 1);
        int count = Math.Max(1, Math.Min(track?.Boxes.Count ?? 1, clip.Frames.Count - first));
        int drawn = Math.Min(FramesDrawn, count);
        return Enumerable.Range(0, drawn).Select(i => first + (drawn == 1 ? 0 : (int)Math.Round(i * (count - 1.0) / (drawn - 1)))).Distinct();
    }

    private static PixelImage Draw(PixelImage image, IEnumerable<ToolAnnotation> annotations, int frame)
    {
        var canvas = new Canvas(image);
        foreach (ToolAnnotation annotation in annotations)
        {
            switch (annotation)
            {
                case BoxAnnotation box:
                    canvas.DrawBox(box.Box, Box);
                    break;
                case RegionAnnotation region:
                    canvas.Tint(region.Polygons, Region, 0.4);
                    foreach (IReadOnlyList<PixelPoint> outline in region.Polygons.Where(outline => outline.Count > 0))
                        canvas.DrawLine([.. outline, outline[0]], Region);
                    break;
                case TrackAnnotation track:
                    canvas.DrawLine([.. track.Boxes.OfType<PixelBox>().Select(b => new PixelPoint(b.CenterX, b.CenterY))], Way);
                    if (track.Boxes.ElementAtOrDefault(frame - track.FirstFrame) is { } at)
                        canvas.DrawBox(at, Box);
                    break;
            }
        }
        return canvas.ToImage();
    }
}
