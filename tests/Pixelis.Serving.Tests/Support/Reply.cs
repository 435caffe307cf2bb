using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pixelis.Serving.Tests.Support;

/// <summary>An HTTP response, read to its end.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, HttpResponseMessage Message)
{
    public int Code => (int)Status;

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The error's message, once it is clear that this is an error in OpenAI's form.</summary>
    public string Error
    {
        get
        {
            JsonObject error = Json["error"]!.AsObject();
            Assert.Equal(["message", "type", "param", "code"], error.Select(p => p.Key));
            Assert.True(Code >= 400);
            Assert.False(string.IsNullOrWhiteSpace((string?)error["message"]));
            return (string)error["message"]!;
        }
    }

    public string? ErrorCode => Error.Length > 0 ? (string?)Json["error"]!["code"] : null;

    public string? Param => Error.Length > 0 ? (string?)Json["error"]!["param"] : null;

    public string Answer => (string)Json["choices"]![0]!["message"]!["content"]!;

    public string TraceId => Message.Headers.GetValues("X-Pixelis-Trace-Id").Single();

    /// <summary>The events of a stream.</summary>
    public IReadOnlyList<string> Events =>
        [.. Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(e => e.StartsWith("data: ", StringComparison.Ordinal) ? e[6..] : throw new JsonException($"not an event: {e}"))];

    public static async Task<Reply> ReadAsync(HttpResponseMessage message) => new(message.StatusCode, await message.Content.ReadAsStringAsync(), message);
}
