namespace Pixelis.Online.Audit;

/// <summary>The lines of a file one after the other, in a buffer of fixed size.</summary>
internal sealed class AuditLineReader(Stream stream) : IDisposable
{
    private readonly byte[] _buffer = new byte[2 * AuditLine.Longest];
    private int _start, _end;

    /// <summary>Bytes of the file in front of the line that was read last.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of the file up to and with that line's line feed.</summary>
    public long Next { get; private set; }

    /// <summary>Reads the next line, without its line feed; false at the end.</summary>
    /// <param name="line">The line; valid until the next call.</param>
    /// <param name="whole">Whether a line feed ended it; false for the rest of a file, and for what is too long for a line.</param>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool whole)
    {
        Offset = Next;
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0 || _end - _start > AuditLine.Longest)
            {
                whole = length >= 0 && length <= AuditLine.Longest;
                return Take(length >= 0 ? length : _end - _start, length >= 0, out line);
            }
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
            int read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
            {
                whole = false;
                return Take(_end - _start, false, out line) && line.Length > 0;
            }
            _end += read;
        }
    }

    public void Dispose() => stream.Dispose();

    private bool Take(int length, bool feed, out ReadOnlySpan<byte> line)
    {
        line = _buffer.AsSpan(_start, length);
        int taken = length + (feed ? 1 : 0);
        _start += taken;
        Next += taken;
        return true;
    }
}
