using Spectre.Console;

namespace Pixelis.Cli.CommandLine;

/// <summary>Says on a terminal that something is under way, until the first output takes its place; silent elsewhere.</summary>
internal sealed class LoadingNotice : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TextWriter _error;
    private readonly int _length;
    private bool _shown;

    public LoadingNotice(TextWriter error, string text)
    {
        _error = error;
        _shown = Terminal.For(error).Profile.Capabilities.Interactive;
        string line = text + " ...";
        _length = line.Length;
        if (_shown)
            error.Write(line);
    }

    public void Clear()
    {
        lock (_lock)
        {
            if (!_shown)
                return;
            _shown = false;
            _error.Write("\r" + new string(' ', _length) + "\r");
            _error.Flush();
        }
    }

    public void Dispose() => Clear();
}
