using System.Globalization;
using System.Text;
using System.Text.Json;
using Pixelis.Agents;
using Pixelis.Cli.CommandLine;
using Spectre.Console;

namespace Pixelis.Cli.Asking;

/// <summary>Tells an episode to a reader as it happens: what the model thinks, what it calls, what comes back.</summary>
internal sealed class Transcript(TextWriter output)
{
    private const string Open = "<tool_call>";
    private const string Close = "</tool_call>";
    private const int LongestLine = 400;

    private readonly IAnsiConsole _console = Terminal.For(output);
    private readonly StringBuilder _held = new();
    private readonly StringBuilder _turn = new();
    private int _turnNumber;
    private bool _inCall;
    private bool _atLineStart = true;

    /// <summary>What the model wrote in its last turn, calls left out.</summary>
    public string LastTurn => _turn.ToString();

    public void Tell(AgentEvent happened)
    {
        if (happened.Turn != _turnNumber)
        {
            _turnNumber = happened.Turn;
            _turn.Clear();
        }
        switch (happened)
        {
            case TokenEvent { Token.Text: { Length: > 0 } text }:
                Hear(text);
                break;
            case ToolCallEvent { Call: var call }:
                EndTurn();
                Line("> ", $"{call.Name} {(call.Arguments.ValueKind == JsonValueKind.Undefined ? "" : call.Arguments.GetRawText())}", "teal");
                break;
            case ObservationEvent observation:
                EndTurn();
                Tell(observation);
                break;
            case AnswerEvent:
                EndTurn();
                break;
        }
    }

    /// <summary>Ends a line that was begun, so that what follows stands on one of its own.</summary>
    public void Break()
    {
        if (!_atLineStart)
            Write("\n");
        output.Flush();
    }

    private void Tell(ObservationEvent observation)
    {
        string pictures = observation.ImageNumbers.Count switch
        {
            0 => "",
            1 => string.Create(CultureInfo.InvariantCulture, $" [image {observation.ImageNumbers[0]}]"),
            _ => string.Create(CultureInfo.InvariantCulture, $" [images {observation.ImageNumbers[0]}-{observation.ImageNumbers[^1]}]"),
        };
        string failed = observation.Result.IsError ? "failed: " : "";
        if (observation.Call.Name.Length == 0)
            Line("> ", "a call that cannot be read", "teal");
        foreach ((string line, int index) in (failed + observation.Result.Text + pictures).Split('\n').Select((line, index) => (line, index)))
            Line(index == 0 ? "< " : "  ", line, observation.Result.IsError ? "red" : "grey");
    }

    // Calls are told as lines of their own once they are read; their JSON is held back from the stream.
    private void Hear(string text)
    {
        _held.Append(text);
        while (_held.Length > 0)
        {
            string held = _held.ToString();
            int at = held.IndexOf(_inCall ? Close : Open, StringComparison.Ordinal);
            if (at < 0)
            {
                if (!_inCall)
                    Release(held.Length - Overlap(held));
                return;
            }
            if (_inCall)
                _held.Remove(0, at + Close.Length);
            else
            {
                Release(at);
                _held.Remove(0, Open.Length);
            }
            _inCall = !_inCall;
        }
    }

    // A call that never ended is shown as it was written: nothing of a turn is lost.
    private void EndTurn()
    {
        if (_inCall)
            _held.Insert(0, Open);
        _inCall = false;
        Release(_held.Length);
        Break();
    }

    private void Release(int length)
    {
        string text = TerminalText.Clean(_held.ToString(0, length));
        _held.Remove(0, length);
        _turn.Append(text);
        // Line breaks between calls would be empty lines.
        Write(_atLineStart && string.IsNullOrWhiteSpace(text) ? "" : text);
        output.Flush();
    }

    private void Line(string mark, string text, string color)
    {
        string clean = TerminalText.Clean(text);
        string shown = clean.Length <= LongestLine ? clean : string.Create(CultureInfo.InvariantCulture, $"{clean[..LongestLine]}... ({clean.Length} characters)");
        _console.Write(new Text(mark + shown, Style.Parse(color)));
        _console.WriteLine();
        _atLineStart = true;
    }

    private void Write(string text)
    {
        if (text.Length == 0)
            return;
        output.Write(text);
        _atLineStart = text[^1] == '\n';
    }

    // How many characters at the end may be the start of a call.
    private static int Overlap(string text)
    {
        for (int length = Math.Min(Open.Length - 1, text.Length); length > 0; length--)
        {
            if (text.EndsWith(Open[..length], StringComparison.Ordinal))
                return length;
        }
        return 0;
    }
}
