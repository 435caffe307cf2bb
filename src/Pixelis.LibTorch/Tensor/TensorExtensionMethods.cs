using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Conversions between tensors and .NET values.</summary>
public static class TensorExtensionMethods
{
    /// <summary>The only element as float.</summary>
    public static float ToSingle(this Tensor value) => (float)value.ToScalar().AsDouble;

    /// <summary>The only element as double.</summary>
    public static double ToDouble(this Tensor value) => value.ToScalar().AsDouble;

    /// <summary>The only element as sbyte.</summary>
    public static sbyte ToSByte(this Tensor value) => (sbyte)value.ToScalar().AsInt64;

    /// <summary>The only element as byte.</summary>
    public static byte ToByte(this Tensor value) => (byte)value.ToScalar().AsInt64;

    /// <summary>The only element as short.</summary>
    public static short ToInt16(this Tensor value) => (short)value.ToScalar().AsInt64;

    /// <summary>The only element as int.</summary>
    public static int ToInt32(this Tensor value) => (int)value.ToScalar().AsInt64;

    /// <summary>The only element as long.</summary>
    public static long ToInt64(this Tensor value) => value.ToScalar().AsInt64;

    /// <summary>The only element as bool.</summary>
    public static bool ToBoolean(this Tensor value) => value.ToScalar().AsDouble != 0;

    /// <summary>The only element as Half.</summary>
    public static Half ToHalf(this Tensor value) => (Half)value.ToScalar().AsDouble;

    /// <summary>The only element as BFloat16.</summary>
    public static BFloat16 ToBFloat16(this Tensor value) => (BFloat16)value.ToScalar().AsDouble;

    /// <summary>Bytes of one element.</summary>
    public static int ElementSize(this ScalarType type) => ElementTypes.SizeOf(type);

    /// <summary>The product of sizes.</summary>
    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
