using System.Text;

namespace Pixelis.Generation.Stopping;

/// <summary>
/// Lets text through as soon as it cannot become part of a stop string, and ends it where one begins. What comes out does not depend on how
/// the text is cut into pieces. When several stop strings overlap, the one that is complete first ends the text.
/// </summary>
internal sealed class StopStringMatcher
{
    private readonly string[] _stops;
    private readonly StringBuilder _ready = new();
    private readonly StringBuilder _held = new();

    /// <summary>Watches for any of <paramref name="stops"/>, none of which is empty.</summary>
    public StopStringMatcher(IReadOnlyList<string> stops) => _stops = [.. stops];

    /// <summary>Whether a stop string has appeared; nothing comes out from then on.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes further text and returns what may be shown now.</summary>
    public string Append(string text)
    {
        if (Stopped || text.Length == 0)
            return "";
        if (_stops.Length == 0)
            return text;
        _ready.Clear();
        foreach (char next in text)
        {
            _held.Append(next);
            if (LongestComplete() is int complete and > 0)
            {
                Stopped = true;
                _held.Length -= complete;
                return _ready.Append(_held).ToString();
            }
            Release(LongestBegun());
        }
        return _ready.ToString();
    }

    /// <summary>Ends the text: returns what was still held back.</summary>
    public string Flush()
    {
        string rest = Stopped ? "" : _held.ToString();
        _held.Clear();
        return rest;
    }

    private void Release(int keep)
    {
        int count = _held.Length - keep;
        _ready.Append(_held, 0, count);
        _held.Remove(0, count);
    }

    private int LongestComplete()
    {
        int longest = 0;
        foreach (string stop in _stops)
        {
            if (stop.Length > longest && EndsWith(stop, stop.Length))
                longest = stop.Length;
        }
        return longest;
    }

    /// <summary>Length of the longest beginning of a stop string that the held text ends with.</summary>
    private int LongestBegun()
    {
        int longest = 0;
        foreach (string stop in _stops)
        {
            for (int length = Math.Min(stop.Length - 1, _held.Length); length > longest; length--)
            {
                if (EndsWith(stop, length))
                    longest = length;
            }
        }
        return longest;
    }

    private bool EndsWith(string stop, int length)
    {
        int offset = _held.Length - length;
        if (offset < 0)
            return false;
        for (int i = 0; i < length; i++)
        {
            if (_held[offset + i] != stop[i])
                return false;
        }
        return true;
    }
}
