using Pixelis.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <content>How a model adds tokens: begin, one append a layer, commit.</content>
public sealed partial class KeyValueCache
{
    private Tensor? _paddingBias; // [B, 1, 1, Capacity], made when the first padded column arrives
    private int _biasEnd;         // columns from here on are known to be 0 in the bias

    /// <summary>
    /// Opens room for new columns. Until <see cref="Commit"/> the cache's length does not change, so that a forward pass that
    /// fails leaves the cache as it was.
    /// </summary>
    /// <param name="columns">New columns of every row.</param>
    /// <param name="padding">Which of them are padding, row by row, <c>B * columns</c> flags; empty when none is.</param>
    /// <param name="offsets">
    /// After each new column, next position minus (column + 1), row by row; empty for text, whose tokens advance by one.
    /// </param>
    /// <exception cref="ContextLengthException">The columns do not fit; nothing was changed.</exception>
    public void BeginAppend(int columns, ReadOnlySpan<bool> padding = default, ReadOnlySpan<long> offsets = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (Length + columns > Capacity)
        {
            throw new ContextLengthException(
                $"the key-value cache holds {Length} of at most {Capacity} tokens a row, {columns} more do not fit");
        }

        if (Length - PrefixLength < _sharedLength)
            Reallocate(_ownColumns);
        for (int row = 0; row < Batch; row++)
        {
            ReadOnlySpan<bool> rowPadding = padding.IsEmpty ? default : padding.Slice(row * columns, columns);
            if (offsets.IsEmpty)
                _rows[row].Write(Length, rowPadding, columns);
            else
                _rows[row].Write(Length, rowPadding, offsets.Slice(row * columns, columns));
        }

        _pending = columns;
        UpdatePaddingBias(Length, columns, padding.Contains(true));
    }

    /// <summary>Stores keys and values of the columns that <see cref="BeginAppend"/> opened, and returns all that the layer attends to.</summary>
    /// <param name="layer">Index of the layer.</param>
    /// <param name="keys">Rotated keys, <c>[B, Hkv, columns, D]</c>.</param>
    /// <param name="values">Values, <c>[B, Hkv, columns, D]</c>.</param>
    public LayerKeyValues Append(int layer, Tensor keys, Tensor values)
    {
        if (_pending == 0)
            throw new InvalidOperationException("BeginAppend must come before Append.");
        int start = Length - PrefixLength;
        Tensor ownKeys = _own.Keys[layer];
        Tensor ownValues = _own.Values[layer];
        using (torch.no_grad())
        {
            Store(ownKeys, keys, start);
            Store(ownValues, values, start);
        }

        int columns = start + _pending;
        return new LayerKeyValues(
            ownKeys.narrow(2, 0, columns), ownValues.narrow(2, 0, columns), _prefix?.Keys[layer].alias(), _prefix?.Values[layer].alias());
    }

    /// <summary>The layer's whole preallocated storage, for an operator that writes and attends in place. Owned by the cache.</summary>
    internal RowKeyValues RowStorage(int layer) =>
        new(_own.Keys[layer], _own.Values[layer], Length - PrefixLength, _prefix?.Keys[layer], _prefix?.Values[layer]);

    /// <summary>Makes the begun columns part of the cache.</summary>
    public void Commit()
    {
        Length += _pending;
        _pending = 0;
    }

    /// <summary>
    /// Bias that keeps attention off padded columns, begun ones included: <c>[B, 1, 1, S]</c> of 0 and the lowest finite value,
    /// or null when no column is padding. A view that belongs to the caller's dispose scope.
    /// </summary>
    public Tensor? PaddingBias() => _paddingBias?.narrow(3, 0, Length + _pending);

    private static void Store(Tensor target, Tensor source, int start)
    {
        using Tensor slot = target.narrow(2, start, source.shape[2]);
        slot.copy_(source);
    }

    private void UpdatePaddingBias(int start, int columns, bool anyPadding)
    {
        if (_paddingBias is null ? !AnyPadding(start + columns) : !anyPadding && start >= _biasEnd)
            return;
        int from = _paddingBias is null ? 0 : start;
        int count = start + columns - from;
        float lowest = (float)ElementTypes.LowestFinite(Layout.DataType);
        var values = new float[Batch * count];
        for (int row = 0; row < Batch; row++)
        {
            for (int c = 0; c < count; c++)
                values[(row * count) + c] = _rows[row].IsPadding(from + c) ? lowest : 0f;
        }

        using IDisposable mode = torch.inference_mode(false);
        using DisposeScope scope = torch.NewDisposeScope();
        _paddingBias ??= torch.zeros([Batch, 1, 1, Capacity], dtype: Layout.DataType, device: Layout.Device).DetachFromDisposeScope();
        Tensor bias = torch.tensor(values, [Batch, 1, 1, count]).to(Layout.DataType).to(Layout.Device);
        _paddingBias.narrow(3, from, count).copy_(bias);
        _biasEnd = start + columns;
    }

    private bool AnyPadding(int columns) =>
        _rows.Exists(row =>
        {
            for (int c = 0; c < columns; c++)
            {
                if (row.IsPadding(c))
                    return true;
            }

            return false;
        });

    private void ForgetPaddingBias()
    {
        _paddingBias?.Dispose();
        _paddingBias = null;
        _biasEnd = 0;
    }
}
