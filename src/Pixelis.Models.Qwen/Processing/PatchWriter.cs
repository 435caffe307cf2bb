namespace Pixelis.Models.Qwen.Processing;

/// <summary>
/// Turns rows of resized RGB bytes into normalised patches. Rows are ordered (temporal, block row, block column, row in block,
/// column in block), so that the patches of one merged unit are neighbours; within a patch: channel, frame, y, x.
/// A byte has only 256 values, so normalisation is a table per channel, which makes it exact by construction.
/// </summary>
internal sealed unsafe class PatchWriter
{
    private readonly float[] _table; // 3 x 256
    private readonly int _patch;
    private readonly int _merge;
    private readonly int _temporal;

    internal PatchWriter(QwenImageProcessorOptions options)
    {
        (_patch, _merge, _temporal) = (options.PatchSize, options.MergeSize, options.TemporalPatchSize);
        _table = new float[3 * 256];
        for (int c = 0; c < 3; c++)
        {
            float mean = (float)options.Mean[c], deviation = (float)options.StandardDeviation[c];
            for (int value = 0; value < 256; value++)
                _table[c * 256 + value] = ((float)(value * options.RescaleFactor) - mean) / deviation;
        }
    }

    /// <summary>The table of one channel.</summary>
    internal ReadOnlySpan<float> Table(int channel) => _table.AsSpan(channel * 256, 256);

    /// <summary>Writes one row of patches.</summary>
    /// <param name="band"><c>patch size</c> rows of RGB bytes, each <paramref name="columns"/> patches wide, without padding.</param>
    /// <param name="columns">Patches a row, a multiple of the merge size.</param>
    /// <param name="patchRow">Which row of patches this is, from the top.</param>
    /// <param name="frame">Frame within the temporal patch.</param>
    /// <param name="copies">How many frames from <paramref name="frame"/> on get the same values, at least 1.</param>
    /// <param name="patches">Where the patches of this temporal step begin.</param>
    internal void WriteBand(byte* band, int columns, int patchRow, int frame, int copies, float* patches)
    {
        int plane = _patch * _patch, patchLength = 3 * _temporal * plane;
        int firstOfBlocks = patchRow / _merge * columns * _merge + patchRow % _merge * _merge;
        fixed (float* table = _table)
        {
            for (int column = 0; column < columns; column++)
            {
                int index = firstOfBlocks + column / _merge * _merge * _merge + column % _merge;
                float* patch = patches + (long)index * patchLength + frame * plane;
                WritePatch(band + column * _patch * 3, columns * _patch * 3, table, patch);
                for (int c = 0; c < 3; c++)
                {
                    var values = new ReadOnlySpan<float>(patch + c * _temporal * plane, plane);
                    for (int copy = 1; copy < copies; copy++)
                        values.CopyTo(new Span<float>(patch + (c * _temporal + copy) * plane, plane));
                }
            }
        }
    }

    private void WritePatch(byte* source, int stride, float* table, float* target)
    {
        int size = _patch, channelStride = _temporal * size * size;
        float* green = table + 256, blue = table + 512;
        for (int y = 0; y < size; y++, source += stride, target += size)
        {
            byte* pixel = source;
            for (int x = 0; x < size; x++, pixel += 3)
            {
                target[x] = table[pixel[0]];
                target[x + channelStride] = green[pixel[1]];
                target[x + 2 * channelStride] = blue[pixel[2]];
            }
        }
    }
}
