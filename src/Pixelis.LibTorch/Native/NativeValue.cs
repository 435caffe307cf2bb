using System.Runtime.InteropServices;

namespace Pixelis.LibTorch.Native;

/// <summary>What a <see cref="NativeValue"/> holds; the numbers of px_kind.</summary>
internal enum ValueKind
{
    None = 0,
    Tensor = 1,
    Int = 2,
    Double = 3,
    Bool = 4,
    IntList = 5,
    TensorList = 6,
    OptionalTensorList = 7,
    String = 8,
    Device = 9,
    DoubleList = 10,
    Generator = 11,
    Default = 12,
}

/// <summary>A tagged value on its way over the border (px_value).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeValue
{
    internal ValueKind Kind;

    /// <summary>Entries of a list; in a tensor result the KiB of storage that only this result holds.</summary>
    internal int Length;

    internal long Payload;
}
