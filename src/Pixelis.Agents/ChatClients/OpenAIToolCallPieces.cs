using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>Puts together the tool calls of a streamed answer: name and id come first, arguments in pieces, by index.</summary>
internal sealed class OpenAIToolCallPieces
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public void Add(JsonElement pieces)
    {
        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            int index = piece.TryGetProperty("index", out JsonElement number) && number.TryGetInt32(out int i) ? i : 0;
            if (!_calls.TryGetValue(index, out var call))
                call = ("", "", new StringBuilder());
            if (OpenAIResponse.String(piece, "id") is { Length: > 0 } id)
                call.Id = id;
            if (piece.TryGetProperty("function", out JsonElement function))
            {
                if (OpenAIResponse.String(function, "name") is { Length: > 0 } name)
                    call.Name = name;
                call.Arguments.Append(OpenAIResponse.String(function, "arguments"));
            }
            _calls[index] = call;
        }
    }

    public IReadOnlyList<FunctionCallContent> Take()
    {
        FunctionCallContent[] all = [.. _calls.Values.Select(c => OpenAIResponse.MakeCall(c.Id, c.Name, c.Arguments.ToString()))];
        _calls.Clear();
        return all;
    }
}
