using System.Globalization;
using System.Text.Json.Nodes;
using Pixelis.Data.Formats;

namespace Pixelis.Data;

/// <summary>
/// Pixel-Reasoner's instruction-tuning files: a JSON array of items with a <c>message_list</c> of chat messages, whose content is a list of
/// <c>{"text"}</c>, <c>{"image"}</c> and <c>{"video"}</c> parts (TIGER-AI-Lab/Pixel-Reasoner, instruction_tuning). What tools return is a
/// user message there. Its trainer teaches the last two assistant turns only; beyond the format, <c>loss</c> on a message says it outright.
/// </summary>
public static class MessageListFormat
{
    private const int TaughtTurns = 2;

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

    /// <summary>Reads a JSON array, or one object a line; no picture is loaded.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">An item cannot be read and is not to be skipped.</exception>
    public static IEnumerable<TrainingTrace> Read(string path, BrokenLines broken = BrokenLines.Refuse, Action<DatasetFormatException>? report = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return ForeignItems.Read(path, (item, number) => ToTrace(item, number, path), broken, report);
    }

    private static JsonObject ToItem(TrainingTrace trace, ForeignMedia media)
    {
        var messages = new JsonArray();
        int saved = 0;
        foreach (TraceMessage message in TraceMessages.Of(trace))
        {
            var content = new JsonArray();
            foreach (ContentPart part in message.Message.Parts)
            {
                content.Add((JsonNode)(part is TextPart text
                    ? new JsonObject { ["text"] = text.Text }
                    : new JsonObject { [part is ImagePart ? "image" : "video"] = media.Save(part, trace.Trajectory.Id, ++saved) }));
            }
            var written = new JsonObject { ["role"] = NameOf(message.Message.Role), ["content"] = content };
            if (message.Message.Role == Role.Assistant)
                written["loss"] = message.IsTarget;
            messages.Add((JsonNode)written);
        }
        return new JsonObject { ["id"] = trace.Trajectory.Id, ["license"] = trace.License, ["message_list"] = messages };
    }

    private static TrainingTrace ToTrace(JsonObject item, int number, string path)
    {
        ForeignTurn[] turns = [.. ForeignItems.Objects(item, "message_list").Select(ToTurn)];
        string provenance = "message_list:" + Path.GetFileName(path);
        string id = ForeignItems.TextOrNull(item, "id") ?? string.Create(CultureInfo.InvariantCulture, $"{provenance}#{number}");
        return ForeignConversation.ToTrace(id, turns, provenance, ForeignItems.TextOrNull(item, "license") ?? "unknown", static (i, count) => i >= count - TaughtTurns);
    }

    private static ForeignTurn ToTurn(JsonObject message)
    {
        Role role = ForeignItems.Text(message, "role") switch
        {
            "user" => Role.User,
            "assistant" => Role.Assistant,
            "system" => Role.System,
            "tool" => Role.Tool,
            var other => throw new FieldException("role", $"is '{other}'; expected system, user, assistant or tool."),
        };
        var text = new System.Text.StringBuilder();
        var media = new List<(MediaKind, string)>();
        if (ForeignItems.TextOrNull(message, "content") is { } plain)
            text.Append(plain);
        else
        {
            foreach (JsonObject part in ForeignItems.Objects(message, "content"))
            {
                if (ForeignItems.TextOrNull(part, "text") is { } words)
                    text.Append(words);
                else if (ForeignItems.TextOrNull(part, "image") is { } image)
                    media.Add((MediaKind.Image, image));
                else if (ForeignItems.TextOrNull(part, "video") is { } video)
                    media.Add((MediaKind.Video, video));
                else
                    throw new FieldException("content", "a part holds neither text nor image nor video.");
            }
        }
        return new ForeignTurn(role, text.ToString(), media, ForeignItems.Flag(message, "loss"));
    }

    private static string NameOf(Role role) => role switch { Role.System => "system", Role.Assistant => "assistant", _ => "user" };
}
