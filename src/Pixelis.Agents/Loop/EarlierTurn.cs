using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>A turn of an earlier conversation, made such that the record can hold it.</summary>
internal static class EarlierTurn
{
    // As deep as the calls that are read from a model; a record holds arguments several levels down.
    private const int MaxDepth = 32;

    /// <exception cref="ArgumentException">A system turn, or a call whose arguments are missing, too deep, or hold half a surrogate pair.</exception>
    public static Message Checked(Message turn)
    {
        if (turn.Role == Role.System)
            throw new ArgumentException("The history holds a system turn; give standing instructions as the request's system prompt.");
        return turn with
        {
            Parts = [.. turn.Parts.Select(part => part is TextPart text ? new TextPart(WellFormedText.Of(text.Text)) : part)],
            Reasoning = turn.Reasoning is { } reasoning ? WellFormedText.Of(reasoning) : null,
            ToolCalls = [.. turn.ToolCalls.Select(Checked)],
        };
    }

    private static ToolCall Checked(ToolCall call)
    {
        try
        {
            using var written = new MemoryStream();
            using (var writer = new Utf8JsonWriter(written))
                call.Arguments.WriteTo(writer);
            using JsonDocument read = JsonDocument.Parse(written.ToArray(), new JsonDocumentOptions { MaxDepth = MaxDepth });
            return new ToolCall(WellFormedText.Of(call.Name), read.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"The history's call of {call.Name} has arguments that cannot be recorded; expected JSON at most {MaxDepth} levels deep, without half surrogate pairs. {e.Message}", e);
        }
    }
}
