using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pixelis.Agents.Telemetry;

/// <summary>Messages in the form that the conventions give content attributes. Pictures are named by size; pixels are never written.</summary>
internal static class ContentJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Messages(Role role, string text, IReadOnlyList<ContentPart> media)
    {
        var parts = new JsonArray([.. media.Select(Picture), Text(text)]);
        return new JsonArray(new JsonObject { ["role"] = role == Role.Assistant ? "assistant" : "user", ["parts"] = parts }).ToJsonString(Plain);
    }

    public static string Parts(string text) => new JsonArray(Text(text)).ToJsonString(Plain);

    public static string Result(string text) => JsonSerializer.Serialize(text, Plain);

    private static JsonNode Text(string text) => new JsonObject { ["type"] = "text", ["content"] = text };

    private static JsonNode Picture(ContentPart part) => part switch
    {
        ImagePart i => new JsonObject { ["type"] = "image", ["width"] = i.Image.Width, ["height"] = i.Image.Height },
        VideoPart v => new JsonObject { ["type"] = "video", ["width"] = v.Clip.Width, ["height"] = v.Clip.Height, ["frames"] = v.Clip.Frames.Count },
        _ => new JsonObject { ["type"] = part.GetType().Name },
    };
}
