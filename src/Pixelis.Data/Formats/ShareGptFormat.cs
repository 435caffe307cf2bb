using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pixelis.Data.Formats;

namespace Pixelis.Data;

/// <summary>
/// ShareGPT conversations, as LLaMA-Factory and others read them: <c>conversations</c> of <c>from</c> (human, gpt, observation, system) and
/// <c>value</c>, with <c>&lt;image&gt;</c> or <c>&lt;video&gt;</c> where the next of <c>images</c> or <c>videos</c> belongs. Beyond the
/// format, <c>loss</c> on a turn of gpt says whether it is a target; readers that do not know it pass over it.
/// </summary>
public static class ShareGptFormat
{
    private const string ImageMark = "<image>";
    private const string VideoMark = "<video>";

    /// <summary>Writes traces as a JSON array; pictures are saved beside it, in a folder called like the file with "_media".</summary>
    /// <param name="path">The file; it is whole or absent.</param>
    /// <param name="traces">Traces with their media in memory.</param>
    public static void Write(string path, IEnumerable<TrainingTrace> traces)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(traces);
        var media = new ForeignMedia(path);
        ForeignItems.Write(path, traces.Select(trace => ToItem(trace, media)));
    }

    /// <summary>Reads a JSON array, or one object a line. Turns of gpt are targets unless they say otherwise; no picture is loaded.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">An item cannot be read and is not to be skipped.</exception>
    public static IEnumerable<TrainingTrace> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ForeignItems.Read(path, (item, number) => ToTrace(item, number, path), broken, report);
    }

    private static JsonObject ToItem(TrainingTrace trace, ForeignMedia media)
    {
        var turns = new JsonArray();
        var images = new JsonArray();
        var videos = new JsonArray();
        foreach (TraceMessage message in TraceMessages.Of(trace))
        {
            var text = new StringBuilder();
            foreach (ContentPart part in message.Message.Parts)
            {
                if (part is TextPart words)
                {
                    text.Append(words.Text);
                    continue;
                }
                text.Append(part is ImagePart ? ImageMark : VideoMark);
                (part is ImagePart ? images : videos).Add((JsonNode)media.Save(part, trace.Trajectory.Id, images.Count + videos.Count + 1));
            }
            var turn = new JsonObject { ["from"] = NameOf(message.Message.Role), ["value"] = text.ToString() };
            if (message.Message.Role == Role.Assistant)
                turn["loss"] = message.IsTarget;
            turns.Add((JsonNode)turn);
        }
        var item = new JsonObject { ["id"] = trace.Trajectory.Id, ["conversations"] = turns, ["license"] = trace.License };
        if (images.Count > 0)
            item["images"] = images;
        if (videos.Count > 0)
            item["videos"] = videos;
        return item;
    }

    private static TrainingTrace ToTrace(JsonObject item, int number, string path)
    {
        var images = new Queue<string>(Paths(item, "images"));
        var videos = new Queue<string>(Paths(item, "videos"));
        ForeignTurn[] turns = [.. ForeignItems.Objects(item, "conversations").Select(turn => ToTurn(turn, images, videos))];
        if (images.Count + videos.Count > 0)
            throw new FieldException(images.Count > 0 ? "images" : "videos", $"{images.Count + videos.Count} more are listed than the texts show.");
        string provenance = "sharegpt:" + Path.GetFileName(path);
        string id = ForeignItems.TextOrNull(item, "id") ?? string.Create(CultureInfo.InvariantCulture, $"{provenance}#{number}");
        return ForeignConversation.ToTrace(id, turns, provenance, ForeignItems.TextOrNull(item, "license") ?? "unknown", static (_, _) => true);
    }

    private static ForeignTurn ToTurn(JsonObject turn, Queue<string> images, Queue<string> videos)
    {
        Role role = ForeignItems.Text(turn, "from") switch
        {
            "human" or "user" => Role.User,
            "gpt" or "assistant" or "function_call" => Role.Assistant,
            "observation" or "tool" => Role.Tool,
            "system" => Role.System,
            var other => throw new FieldException("from", $"is '{other}'; expected human, gpt, observation or system."),
        };
        string text = ForeignItems.Text(turn, "value");
        var media = new List<(MediaKind, string)>();
        for (int at = 0; (at = Next(text, at, out bool image)) >= 0; at++)
        {
            if (!(image ? images : videos).TryDequeue(out string? path))
                throw new FieldException("value", $"shows more {(image ? "images" : "videos")} than are listed.");
            media.Add((image ? MediaKind.Image : MediaKind.Video, path));
        }
        string words = text.Replace(ImageMark, "", StringComparison.Ordinal).Replace(VideoMark, "", StringComparison.Ordinal);
        return new ForeignTurn(role, media.Count > 0 ? words.Trim('\n') : words, media, ForeignItems.Flag(turn, "loss"));
    }

    private static int Next(string text, int from, out bool image)
    {
        int i = text.IndexOf(ImageMark, from, StringComparison.Ordinal), v = text.IndexOf(VideoMark, from, StringComparison.Ordinal);
        image = i >= 0 && (v < 0 || i < v);
        return image ? i : v;
    }

    private static IEnumerable<string> Paths(JsonObject item, string field) => item[field] switch
    {
        null => [],
        JsonArray array => array.Select((n, i) => n is JsonValue v && v.TryGetValue(out string? path) ? path : throw new FieldException($"{field}[{i}]", "is not a path.")),
        JsonValue single when single.TryGetValue(out string? path) => [path],
        _ => throw new FieldException(field, "is not a list of paths."),
    };

    private static string NameOf(Role role) => role switch { Role.User => "human", Role.Assistant => "gpt", Role.Tool => "observation", _ => "system" };
}
