using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>
/// Rotary angles of a head: D/2 frequencies <c>theta^(-2i/D)</c>, optionally in consecutive sections that follow different
/// position axes (the multimodal form of Qwen2-VL, Wang et al., 2024). Holds a table of factors for positions that are the
/// same on all axes, so that decoding computes no sine.
/// </summary>
public sealed class RotaryEmbedding : IDisposable
{
    private const int FirstTableRows = 512;

    private readonly Tensor _frequencies;   // [D/2], float32
    private readonly Tensor? _axisOfIndex;  // [D/2], int64: which axis frequency i follows; null when there is one axis
    private RotaryFactors? _table;          // [rows, D]

    /// <summary>Makes the embedding.</summary>
    /// <param name="headSize">D, even.</param>
    /// <param name="theta">Base of the frequencies.</param>
    /// <param name="sections">Frequencies that follow axis 0, 1, 2 in turn; they add up to D/2. Empty for a single axis.</param>
    /// <param name="type">Type of the factors.</param>
    /// <param name="device">Where they are used.</param>
    public RotaryEmbedding(int headSize, double theta, IReadOnlyList<int> sections, ScalarType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(sections);
        HeadSize = headSize;
        Type = type;
        Device = device;
        var frequencies = new float[headSize / 2];
        for (int i = 0; i < frequencies.Length; i++)
            frequencies[i] = (float)(1.0 / Math.Pow(theta, 2.0 * i / headSize));
        using IDisposable mode = torch.inference_mode(false);
        using DisposeScope scope = torch.NewDisposeScope();
        _frequencies = torch.tensor(frequencies).to(device).DetachFromDisposeScope();
        if (sections.Count > 0)
        {
            long[] axes = sections.SelectMany((count, axis) => Enumerable.Repeat((long)axis, count)).ToArray();
            if (axes.Length != frequencies.Length)
                throw new ArgumentException($"The sections add up to {axes.Length}, but a head of {headSize} has {frequencies.Length} frequencies.", nameof(sections));
            _axisOfIndex = torch.tensor(axes).to(device).DetachFromDisposeScope();
        }
    }

    /// <summary>D.</summary>
    public int HeadSize { get; }

    /// <summary>Type of the factors.</summary>
    public ScalarType Type { get; }

    /// <summary>Where they are.</summary>
    public Device Device { get; }

    /// <summary>Factors for any positions.</summary>
    /// <param name="positions"><c>int64 [B, T]</c>, or <c>[3, B, T]</c> with one plane an axis.</param>
    /// <returns>Factors <c>[B, 1, T, D]</c>, in the dispose scope of the caller.</returns>
    public RotaryFactors FactorsAt(Tensor positions)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor wide = positions.to(Device).to(ScalarType.Float32);
        if (positions.dim() == 2)
            wide = wide.unsqueeze(-1);
        else if (_axisOfIndex is null)
            wide = wide[0].unsqueeze(-1);
        else
            wide = wide.index_select(0, _axisOfIndex).permute(1, 2, 0);
        RotaryFactors factors = RotaryRotation.FactorsOf((wide * _frequencies).unsqueeze(1), Type);
        return new RotaryFactors(factors.Cos.MoveToOuterDisposeScope(), factors.SignedSin.MoveToOuterDisposeScope());
    }

    /// <summary>Factors for T consecutive positions of every row, the same on all axes.</summary>
    /// <param name="first">First position of each row, not negative; their number is B.</param>
    /// <param name="count">T.</param>
    /// <returns>Factors <c>[1 or B, 1, T, D]</c>, in the dispose scope of the caller.</returns>
    public RotaryFactors FactorsFrom(ReadOnlySpan<long> first, int count)
    {
        long highest = 0;
        bool alike = true;
        foreach (long position in first)
        {
            highest = Math.Max(highest, position);
            alike &= position == first[0];
        }

        RotaryFactors table = TableOf(highest + count);
        if (alike)
            return new RotaryFactors(Rows(table.Cos, first[0], count), Rows(table.SignedSin, first[0], count));
        var rows = new long[first.Length * count];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = first[i / count] + (i % count);
        using Tensor index = torch.tensor(rows, device: Device);
        return new RotaryFactors(Select(table.Cos, index, first.Length, count), Select(table.SignedSin, index, first.Length, count));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _frequencies.Dispose();
        _axisOfIndex?.Dispose();
        _table?.Dispose();
    }

    private static Tensor Rows(Tensor table, long first, int count)
    {
        using Tensor rows = table.narrow(0, first, count);
        return rows.view(1, 1, count, table.shape[1]);
    }

    private static Tensor Select(Tensor table, Tensor index, int batch, int count)
    {
        using Tensor rows = table.index_select(0, index);
        return rows.view(batch, 1, count, table.shape[1]);
    }

    private RotaryFactors TableOf(long rows)
    {
        if (_table is { } table && table.Cos.shape[0] >= rows)
            return table;
        long size = FirstTableRows;
        while (size < rows)
            size *= 2;
        using IDisposable mode = torch.inference_mode(false);
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor positions = torch.arange(size, dtype: ScalarType.Float32, device: Device).unsqueeze(-1);
        RotaryFactors made = RotaryRotation.FactorsOf(positions * _frequencies, Type);
        made.Cos.DetachFromDisposeScope();
        made.SignedSin.DetachFromDisposeScope();
        _table?.Dispose();
        _table = made;
        return made;
    }
}
