using System.Text;

namespace Pixelis.Agents.ChatClients;

/// <summary>
/// Reads a server's reply, whole or by lines. Never holds more bytes than allowed, whatever the server sends; what goes wrong on the way
/// becomes a <see cref="RemoteModelException"/>.
/// </summary>
internal sealed class ReplyReader(Stream stream, string host, OpenAICompatibleOptions options, ReplyDeadline deadline)
{
    private byte[] _buffer = new byte[16 * 1024];
    private int _start, _end;
    private long _total;

    /// <summary>The next line without its end; null at the end of the reply.</summary>
    public async ValueTask<string?> ReadLineAsync()
    {
        int scanned = _start;
        while (true)
        {
            int at = Array.IndexOf(_buffer, (byte)'\n', scanned, _end - scanned);
            if (at >= 0)
                return Take(at, at + 1);
            int seen = _end - _start;
            if (!await FillAsync())
                return _start == _end ? null : Take(_end, _end);
            scanned = _start + seen;
        }
    }

    /// <summary>All that is left, as text.</summary>
    public async Task<string> ReadAllAsync()
    {
        while (await FillAsync())
        {
        }
        return Take(_end, _end);
    }

    private string Take(int end, int next)
    {
        string text = Encoding.UTF8.GetString(_buffer, _start, end - _start).TrimEnd('\r');
        _start = next;
        return text;
    }

    private async ValueTask<bool> FillAsync()
    {
        if (_end == _buffer.Length)
            MakeRoom();
        try
        {
            deadline.Restart();
            int read = await stream.ReadAsync(_buffer.AsMemory(_end), deadline.Token);
            _end += read;
            _total += read;
            return _total <= options.MaxResponseBytes ? read > 0 : throw new RemoteModelException($"{host} sent more than {options.MaxResponseBytes} bytes.");
        }
        catch (OperationCanceledException e) when (!deadline.Caller.IsCancellationRequested)
        {
            throw new RemoteModelException($"{host} did not go on within {options.Timeout.TotalSeconds:0.#} s.", innerException: e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new RemoteModelException($"{host} broke off its answer: {e.Message}", innerException: e);
        }
    }

    private void MakeRoom()
    {
        int kept = _end - _start;
        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        Buffer.BlockCopy(_buffer, _start, target, 0, kept);
        (_buffer, _start, _end) = (target, 0, kept);
    }
}
