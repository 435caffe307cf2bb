using Microsoft.Extensions.AI;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// Splits what a model writes, piece by piece, into text and reasoning, and leaves its tool calls out. A tag may come in pieces: what
/// could become one is held back until it is clear.
/// </summary>
internal sealed class TurnTextFilter
{
    private const string OpenCall = "<tool_call>", CloseCall = "</tool_call>", OpenThought = "<think>", CloseThought = "</think>";

    private string _held = "";
    private State _state = State.Text;

    private enum State
    {
        Text,
        Thought,
        Call,
    }

    /// <summary>Takes a piece; returns what is clear so far.</summary>
    public IReadOnlyList<AIContent> Push(string piece)
    {
        var clear = new List<AIContent>();
        string rest = _held + piece;
        while (FindTag(rest) is (int at, string tag))
        {
            Add(clear, rest[..at]);
            rest = rest[(at + tag.Length)..];
            _state = tag switch { OpenCall => State.Call, OpenThought => State.Thought, _ => State.Text };
        }
        int hold = Tags.Max(tag => PrefixAtEnd(rest, tag));
        Add(clear, rest[..^hold]);
        _held = rest[^hold..];
        return clear;
    }

    /// <summary>The turn is over: returns what was held back, and begins anew.</summary>
    public IReadOnlyList<AIContent> End()
    {
        var clear = new List<AIContent>();
        Add(clear, _held);
        (_held, _state) = ("", State.Text);
        return clear;
    }

    private string[] Tags => _state switch
    {
        State.Text => [OpenCall, OpenThought],
        State.Thought => [CloseThought],
        _ => [CloseCall],
    };

    private (int At, string Tag)? FindTag(string text)
    {
        (int At, string Tag)? first = null;
        foreach (string tag in Tags)
        {
            int at = text.IndexOf(tag, StringComparison.Ordinal);
            if (at >= 0 && (first is null || at < first.Value.At))
                first = (at, tag);
        }
        return first;
    }

    private void Add(List<AIContent> clear, string text)
    {
        if (text.Length > 0 && _state != State.Call)
            clear.Add(_state == State.Thought ? new TextReasoningContent(text) : new TextContent(text));
    }

    // How many characters at the end of the text could be the beginning of the tag.
    private static int PrefixAtEnd(string text, string tag)
    {
        for (int n = Math.Min(text.Length, tag.Length - 1); n > 0; n--)
        {
            if (text.AsSpan(text.Length - n).SequenceEqual(tag.AsSpan(0, n)))
                return n;
        }
        return 0;
    }
}
