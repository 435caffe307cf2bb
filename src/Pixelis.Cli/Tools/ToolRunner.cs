using System.Diagnostics;
using System.Text.Json;
using Pixelis.Imaging;
using Pixelis.Imaging.Video;
using Pixelis.Tools;

namespace Pixelis.Cli.Tools;

/// <summary>Runs one tool call over files, as an agent would run it over a question's pictures.</summary>
internal static class ToolRunner
{
    /// <summary>The result, with the pictures it was about and the time it took.</summary>
    public readonly record struct Outcome(ToolResult Result, IReadOnlyList<NumberedVisual> Inputs, TimeSpan Duration);

    /// <exception cref="PixelisException">A file cannot be read, or the call took too long.</exception>
    public static async Task<Outcome> RunAsync(
        ITool tool, JsonElement arguments, IReadOnlyList<string> images, IReadOnlyList<string> videos, TimeSpan timeout, CancellationToken cancellation)
    {
        using var state = new EpisodeState();
        var context = new ToolContext { Inputs = [.. Inputs(images, videos, cancellation)], State = state };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        stop.CancelAfter(timeout);
        long started = Stopwatch.GetTimestamp();
        try
        {
            ToolResult result = await tool.InvokeAsync(arguments, context, stop.Token);
            return new Outcome(result, context.Inputs, Stopwatch.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new PixelisException($"{tool.Definition.Name} took longer than {timeout.TotalSeconds:0.#} s and was stopped; give it more with --timeout, or ask for less.");
        }
    }

    // The model's view is not reduced here: places are in pixels of the file.
    private static IEnumerable<NumberedVisual> Inputs(IReadOnlyList<string> images, IReadOnlyList<string> videos, CancellationToken cancellation)
    {
        int number = 0;
        foreach (string path in images)
        {
            PixelImage image = ImageFile.Load(path);
            yield return new NumberedVisual { Number = ++number, Image = image, SeenWidth = image.Width, SeenHeight = image.Height, Origin = "question" };
        }
        foreach (string path in videos)
        {
            VideoClip clip = Directory.Exists(path) ? FrameFolder.Load(path, cancellation) : VideoFile.Load(path, EveryFrame, cancellation);
            yield return new NumberedVisual { Number = ++number, Clip = clip, SeenWidth = clip.Width, SeenHeight = clip.Height, Origin = "question" };
        }
    }

    // A tracker needs neighbouring frames; the two a second that a model is shown are too far apart.
    private static VideoSampling EveryFrame { get; } = new() { FramesPerSecond = 1000, FrameMultiple = 1, MaxFrames = 3000 };
}
