using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">Its key.</param>
/// <param name="TypeName">Element type as spelled in the file, for example <c>BF16</c>.</param>
/// <param name="Shape">Sizes, outermost first; empty for a scalar.</param>
/// <param name="Offset">Where its bytes start, counted from the start of the file.</param>
/// <param name="ByteCount">Number of bytes.</param>
public sealed record SafetensorsEntry(string Name, string TypeName, IReadOnlyList<long> Shape, long Offset, long ByteCount)
{
    /// <summary>Element type, or null for one that the tensor runtime does not have (8-bit floats, unsigned integers beyond bytes).</summary>
    public ScalarType? ElementType => SafetensorsTypes.Parse(TypeName);

    /// <summary>Number of elements.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, size) => product * size);
}
