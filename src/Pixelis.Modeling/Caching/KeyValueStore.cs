using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>Storage of a cache: a pair of tensors <c>[B, Hkv, columns, D]</c> for every layer.</summary>
internal sealed class KeyValueStore : IDisposable
{
    private KeyValueStore(Tensor[] keys, Tensor[] values)
    {
        Keys = keys;
        Values = values;
    }

    public Tensor[] Keys { get; }

    public Tensor[] Values { get; }

    /// <summary>
    /// Allocates. Inference mode is left for the allocation: tensors born in it could never be written to outside it,
    /// and a cache outlives the block it was made in.
    /// </summary>
    public static KeyValueStore Allocate(KeyValueLayout layout, int batch, int columns)
    {
        using IDisposable mode = torch.inference_mode(false);
        long[] size = [batch, layout.HeadCount, columns, layout.HeadSize];
        return Map(layout.LayerCount, _ => torch.zeros(size, dtype: layout.DataType, device: layout.Device));
    }

    /// <summary>A store whose tensors are computed from this one's; the result owns them.</summary>
    public KeyValueStore Transform(Func<Tensor, Tensor> transform)
    {
        using IDisposable mode = torch.inference_mode(false);
        using IDisposable noGrad = torch.no_grad();
        return new KeyValueStore(Array.ConvertAll(Keys, t => Keep(transform(t))), Array.ConvertAll(Values, t => Keep(transform(t))));
    }

    /// <summary>Copies rows and columns of another store of the same layout into this one.</summary>
    public void CopyFrom(KeyValueStore source, int columns, int toRow = 0, int toColumn = 0)
    {
        using IDisposable noGrad = torch.no_grad();
        for (int layer = 0; layer < Keys.Length; layer++)
        {
            Copy(source.Keys[layer], Keys[layer], columns, toRow, toColumn);
            Copy(source.Values[layer], Values[layer], columns, toRow, toColumn);
        }
    }

    public void Dispose()
    {
        foreach (Tensor tensor in Keys)
            tensor.Dispose();
        foreach (Tensor tensor in Values)
            tensor.Dispose();
    }

    private static KeyValueStore Map(int layers, Func<int, Tensor> make)
    {
        var keys = new Tensor[layers];
        var values = new Tensor[layers];
        for (int layer = 0; layer < layers; layer++)
        {
            keys[layer] = Keep(make(layer));
            values[layer] = Keep(make(layer));
        }

        return new KeyValueStore(keys, values);
    }

    private static void Copy(Tensor source, Tensor target, int columns, int toRow, int toColumn)
    {
        if (columns == 0)
            return;
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor slot = target.narrow(0, toRow, source.shape[0]).narrow(2, toColumn, columns);
        slot.copy_(source.narrow(2, 0, columns));
    }

    private static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();
}
