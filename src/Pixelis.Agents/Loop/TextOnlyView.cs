using System.Globalization;
using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>
/// A message for a model that reads text only: each picture and video is replaced by a line that says what it is, so that the model
/// can point tools at it and learn from their words what is there.
/// </summary>
internal static class TextOnlyView
{
    /// <param name="message">The message as a seeing model would get it.</param>
    /// <param name="visuals">What its pictures and videos are, in their order.</param>
    /// <param name="space">How the model is to write places.</param>
    public static Message Of(Message message, IReadOnlyList<NumberedVisual> visuals, CoordinateSpace space)
    {
        if (message.Parts.All(p => p is TextPart))
            return message;
        var parts = new List<ContentPart>(message.Parts.Count);
        int next = 0;
        for (int i = 0; i < message.Parts.Count; i++)
        {
            if (message.Parts[i] is TextPart text)
            {
                parts.Add(text);
                continue;
            }
            string before = parts.Count > 0 && parts[^1] is TextPart { Text: var previous } && !previous.EndsWith('\n') ? "\n" : "";
            string after = i + 1 < message.Parts.Count ? "\n" : "";
            parts.Add(new TextPart(before + Line(visuals[next++], space) + after));
        }
        return message with { Parts = parts };
    }

    private static string Line(NumberedVisual visual, CoordinateSpace space)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{visual.SourceWidth}x{visual.SourceHeight}");
        string what = visual.Clip is { } clip
            ? string.Create(CultureInfo.InvariantCulture, $"Video {visual.Number}: {clip.Frames.Count} frames of {size} pixels, from {Seconds(clip.Frames[0]):0.##} to {Seconds(clip.Frames[^1]):0.##} s")
            : $"Image {visual.Number}: {size} pixels";
        return $"[{what}{Origin(visual)}. It is not shown to you: use the tools, and give places as {Places(space)}.]";
    }

    private static string Origin(NumberedVisual visual) => visual is { Parent: { } parent, ParentBox: { } box }
        ? string.Create(CultureInfo.InvariantCulture, $", cut from number {parent} at pixels [{box.Left:0}, {box.Top:0}, {box.Right:0}, {box.Bottom:0}]")
        : "";

    private static double Seconds(VideoFrame frame) => frame.Timestamp.TotalSeconds;

    private static string Places(CoordinateSpace space) => space switch
    {
        CoordinateSpace.Normalized => "fractions of width and height from 0 to 1",
        CoordinateSpace.Thousandths => "thousandths of width and height from 0 to 1000",
        _ => "pixels from the top left",
    };
}
