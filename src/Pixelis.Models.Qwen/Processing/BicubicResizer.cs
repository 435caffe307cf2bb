using System.Buffers;

namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// Pillow's bicubic resize of 8-bit pictures, bit for bit: antialiased, the horizontal pass first, each pass rounded and clipped
/// to bytes, a pass whose length does not change skipped. Works row by row with a window of intermediate rows, so its memory
/// does not grow with the picture's height. One instance serves one picture at a time; it may be reused for others of the same size.
/// </summary>
internal sealed unsafe class BicubicResizer : IDisposable
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _channels;
    private readonly int _outputWidth;
    private readonly ResamplingWeights? _across;
    private readonly ResamplingWeights? _down;
    private readonly int _stride;
    private readonly int _windowRows;
    private readonly byte[] _window;
    private readonly byte[] _padded;
    private readonly int _paddedStride;

    internal BicubicResizer(int width, int height, int channels, int outputWidth, int outputHeight)
    {
        (_width, _height, _channels, _outputWidth, OutputHeight) = (width, height, channels, outputWidth, outputHeight);
        _across = width == outputWidth ? null : ResamplingWeights.Bicubic(width, outputWidth);
        _down = height == outputHeight ? null : ResamplingWeights.Bicubic(height, outputHeight);
        _stride = checked(outputWidth * channels + HorizontalPass.Overwrite);
        _windowRows = ((_down?.Taps ?? 1) / HorizontalPass.RowsAtOnce + 2) * HorizontalPass.RowsAtOnce;
        _paddedStride = _across is null ? 0 : checked(width * channels + HorizontalPass.Overread(_across, channels));
        _window = ArrayPool<byte>.Shared.Rent(_across is null ? 1 : checked(_windowRows * _stride));
        _padded = ArrayPool<byte>.Shared.Rent(Math.Max(1, _paddedStride * HorizontalPass.RowsAtOnce));
    }

    /// <summary>Receives an output row, valid during the call only.</summary>
    internal delegate void RowSink(int y, byte* row);

    internal int OutputHeight { get; }

    /// <summary>Resizes a picture and hands over its rows from top to bottom.</summary>
    internal void Run(ReadOnlySpan<byte> source, RowSink sink)
    {
        if (source.Length != (long)_width * _height * _channels)
            throw new ArgumentException($"Expected {(long)_width * _height * _channels} bytes, got {source.Length}.", nameof(source));
        byte[] output = ArrayPool<byte>.Shared.Rent(_stride);
        try
        {
            fixed (byte* pixels = source, window = _window, padded = _padded, row = output)
                Run(new Picture(pixels, source.Length, window, padded), row, sink);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_window);
        ArrayPool<byte>.Shared.Return(_padded);
    }

    /// <summary>Resizes a whole picture.</summary>
    internal static byte[] Resize(ReadOnlySpan<byte> source, int width, int height, int channels, int outputWidth, int outputHeight)
    {
        byte[] result = GC.AllocateUninitializedArray<byte>(checked(outputWidth * outputHeight * channels));
        int rowLength = outputWidth * channels;
        using var resizer = new BicubicResizer(width, height, channels, outputWidth, outputHeight);
        resizer.Run(source, (y, row) => new ReadOnlySpan<byte>(row, rowLength).CopyTo(result.AsSpan(y * rowLength)));
        return result;
    }

    private readonly record struct Picture(nint Pixels, long Length, nint Window, nint Padded)
    {
        internal Picture(byte* pixels, long length, byte* window, byte* padded)
            : this((nint)pixels, length, (nint)window, (nint)padded)
        {
        }
    }

    private void Run(Picture picture, byte* output, RowSink sink)
    {
        int ready = 0; // rows [0, ready) have passed the horizontal pass
        if (_down is null)
        {
            for (int y = 0; y < OutputHeight; y++)
                sink(y, RowOf(picture, y, ref ready));
            return;
        }
        byte** rows = stackalloc byte*[_down.Taps <= 256 ? _down.Taps : 0];
        byte*[]? many = _down.Taps <= 256 ? null : new byte*[_down.Taps];
        fixed (byte** manyRows = many)
        fixed (int* weights = _down.Weights, pairs = _down.Pairs)
        {
            byte** taps = many is null ? rows : manyRows;
            for (int y = 0; y < OutputHeight; y++)
            {
                // Taps without weight point at the last real row: always readable.
                for (int tap = 0; tap < _down.Taps; tap++)
                    taps[tap] = RowOf(picture, _down.Starts[y] + Math.Min(tap, _down.Counts[y] - 1), ref ready);
                VerticalPass.Run(taps, _down.Taps, weights + y * _down.Taps, pairs + y * _down.Taps, output, _outputWidth * _channels);
                sink(y, output);
            }
        }
    }

    // A row after the horizontal pass.
    private byte* RowOf(Picture picture, int y, ref int ready)
    {
        if (_across is null)
            return (byte*)picture.Pixels + (long)y * _width * _channels;
        while (ready <= y)
        {
            ResizeAcross(picture, ready);
            ready += HorizontalPass.RowsAtOnce;
        }
        return (byte*)picture.Window + y % _windowRows * _stride;
    }

    private void ResizeAcross(Picture picture, int first)
    {
        byte** rows = stackalloc byte*[HorizontalPass.RowsAtOnce];
        byte** targets = stackalloc byte*[HorizontalPass.RowsAtOnce];
        int rowLength = _width * _channels;
        for (int i = 0; i < HorizontalPass.RowsAtOnce; i++)
        {
            // Beyond the last row the last one is repeated; its result is never used.
            long at = (long)Math.Min(first + i, _height - 1) * rowLength;
            rows[i] = (byte*)picture.Pixels + at;
            targets[i] = (byte*)picture.Window + (first + i) % _windowRows * _stride;
            if (at + _paddedStride <= picture.Length)
                continue;
            // Near the end of the picture reading beyond the row would leave the array: use a padded copy.
            byte* copy = (byte*)picture.Padded + i * _paddedStride;
            new ReadOnlySpan<byte>(rows[i], rowLength).CopyTo(new Span<byte>(copy, rowLength));
            rows[i] = copy;
        }
        HorizontalPass.Run(_across!, _channels, rows, targets);
    }
}
