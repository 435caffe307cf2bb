using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>Puts together the tool calls of a streamed answer: name and id come first, arguments in pieces, by index.</summary>
internal sealed class OpenAIToolCallPieces
{
    private readonly SortedDictionary<int, (string Id, string Name, StringBuilder Arguments)> _calls = [];

    public void Add(IEnumerable<JsonElement> pieces)
    {
        foreach (JsonElement piece in pieces)
        {
            string? id = OpenAIResponse.String(piece, "id");
            // A server that gives no index begins each call with its id.
            int index = OpenAIResponse.Integer(piece, "index") ?? (id is { Length: > 0 } || _calls.Count == 0 ? _calls.Count : _calls.Keys.Max());
            if (!_calls.TryGetValue(index, out var call))
                call = ("", "", new StringBuilder());
            if (id is { Length: > 0 })
                call.Id = id;
            if (OpenAIResponse.Object(piece, "function") is { } function)
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
