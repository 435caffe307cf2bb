using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Which columns the newest T of S columns may attend to: those up to themselves (causal), but never padding.
/// Lives as long as one forward pass.
/// </summary>
public sealed class AttentionMask : IDisposable
{
    private readonly double _lowest;
    private Tensor? _triangle;
    private Tensor? _full;
    private Tensor? _starts;
    private bool? _startsWell;
    private bool _anyStart;

    /// <summary>Makes a mask.</summary>
    /// <param name="queryColumns">T: columns that ask.</param>
    /// <param name="padding"><c>[B, 1, 1, S]</c> of 0 and the lowest finite value, or null when nothing is padded. Not owned.</param>
    /// <param name="type">Type of the scores it will be added to.</param>
    /// <param name="device">Where they are.</param>
    public AttentionMask(long queryColumns, Tensor? padding, ScalarType type, Device device)
    {
        QueryColumns = queryColumns;
        Padding = padding;
        Type = type;
        Device = device;
        _lowest = ElementTypes.LowestFinite(type);
    }

    /// <summary>T.</summary>
    public long QueryColumns { get; }

    /// <summary><c>[B, 1, 1, S]</c>, or null.</summary>
    public Tensor? Padding { get; }

    /// <summary>Type of the scores.</summary>
    public ScalarType Type { get; }

    /// <summary>Where the scores are.</summary>
    public Device Device { get; }

    /// <summary>The causal part of a square block, <c>[size, size]</c>: the lowest value above the diagonal. Owned by the mask.</summary>
    public Tensor Triangle(long size)
    {
        if (_triangle is null || _triangle.shape[0] != size)
        {
            _triangle?.Dispose();
            using Tensor filled = torch.full([size, size], _lowest, dtype: Type, device: Device);
            _triangle = filled.triu(1).DetachFromDisposeScope();
        }

        return _triangle;
    }

    /// <summary>Both parts together, <c>[1 or B, 1, T, S]</c>, for T = S. Owned by the mask.</summary>
    public Tensor Full()
    {
        if (_full is null)
        {
            Tensor causal = Triangle(QueryColumns).view(1, 1, QueryColumns, QueryColumns);
            if (Padding is null)
            {
                _full = causal.DetachFromDisposeScope();
            }
            else
            {
                // A minimum and not a sum: two lowest values would add up to minus infinity.
                _full = torch.minimum(causal, Padding).DetachFromDisposeScope();
                causal.Dispose();
            }
        }

        return _full;
    }

    /// <summary>
    /// The padding as the first unpadded column of each row, which is what fused kernels take. False when it cannot be said so: a
    /// row has padding between its columns, or a prefix that rows share would be padded differently for each.
    /// </summary>
    /// <param name="compute">Computes <c>int64 [B]</c> on the CPU; -1 for a row with padding between its columns.</param>
    /// <param name="hasPrefix">Whether columns of a shared prefix come first.</param>
    /// <param name="starts">The columns, owned by the mask; null when nothing is padded on the left.</param>
    internal bool TryStarts(Func<Tensor> compute, bool hasPrefix, out Tensor? starts)
    {
        if (_startsWell is null)
        {
            _starts = compute().DetachFromDisposeScope();
            long[] values = _starts.data<long>().ToArray();
            _startsWell = Array.TrueForAll(values, value => value >= 0);
            _anyStart = Array.Exists(values, value => value > 0);
        }

        starts = _anyStart ? _starts : null;
        return _startsWell.Value && !(hasPrefix && _anyStart);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _starts?.Dispose();
        _triangle?.Dispose();
        _full?.Dispose();
    }
}
