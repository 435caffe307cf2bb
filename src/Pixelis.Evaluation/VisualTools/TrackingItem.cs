using System.Globalization;

namespace Pixelis.Evaluation;

/// <summary>A clip with one object's box in every frame.</summary>
/// <param name="Id">Name.</param>
/// <param name="FramePaths">The frames in order of time.</param>
/// <param name="Truth">The true box (x, y, width, height) in every frame.</param>
/// <param name="VisibleShare">The visible share of the object in every frame, 0..1; frames below 0.5 are not scored.</param>
public sealed record TrackingItem(
    string Id, IReadOnlyList<string> FramePaths, IReadOnlyList<(double X, double Y, double Width, double Height)> Truth, IReadOnlyList<double> VisibleShare)
{
    /// <summary>Reads every sequence of a folder: its subfolders with a <c>groundtruth.txt</c>.</summary>
    /// <exception cref="PixelisException">A sequence has not one line of ground truth a frame.</exception>
    public static IReadOnlyList<TrackingItem> LoadFolder(string folder) =>
        [.. Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Where(d => File.Exists(Path.Combine(d, "groundtruth.txt"))).Select(LoadSequence)];

    private static TrackingItem LoadSequence(string folder)
    {
        string[] frames = [.. Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal)];
        (double, double, double, double)[] truth = [.. Lines(Path.Combine(folder, "groundtruth.txt")).Select(Box)];
        string visible = Path.Combine(folder, "visible.txt");
        double[] shares = File.Exists(visible) ? [.. Lines(visible).Select(line => Number(line.Split(' ', ',')[^1]))] : [.. frames.Select(_ => 1.0)];
        if (truth.Length != frames.Length || shares.Length != frames.Length)
            throw new PixelisException($"{folder}: {frames.Length} frames need as many lines of ground truth, not {truth.Length} (groundtruth.txt) and {shares.Length} (visible.txt).");
        return new TrackingItem(Path.GetFileName(folder), frames, truth, shares);
    }

    private static IEnumerable<string> Lines(string path) => File.ReadLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Trim());

    private static (double X, double Y, double Width, double Height) Box(string line)
    {
        string[] parts = line.Split(',');
        return parts.Length == 4 ? (Number(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]))
            : throw new PixelisException($"groundtruth.txt: '{line}' is not x,y,width,height.");
    }

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out double value) ? value
        : throw new PixelisException($"'{text}' is not a number.");
}
