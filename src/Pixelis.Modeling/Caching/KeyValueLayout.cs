using Pixelis.Tensors;
using static TorchSharp.torch;

namespace Pixelis.Modeling;

/// <summary>The sizes that a key-value cache needs to know of a model.</summary>
/// <param name="LayerCount">Decoder layers.</param>
/// <param name="HeadCount">Key/value heads of a layer.</param>
/// <param name="HeadSize">Width of a head.</param>
/// <param name="DataType">Type the keys and values are kept in.</param>
/// <param name="Device">Where they are kept.</param>
public sealed record KeyValueLayout(int LayerCount, int HeadCount, int HeadSize, ScalarType DataType, Device Device)
{
    /// <summary>Bytes that one token of one row takes over all layers.</summary>
    public long BytesPerToken => 2L * LayerCount * HeadCount * HeadSize * ElementTypes.SizeOf(DataType);

    /// <summary>Whether caches of both layouts can hold each other's rows.</summary>
    internal bool HasShapeOf(KeyValueLayout other) =>
        (LayerCount, HeadCount, HeadSize, DataType) == (other.LayerCount, other.HeadCount, other.HeadSize, other.DataType);
}
