using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Which .NET type an element type is read and written as.</summary>
internal static class ElementTypes
{
    /// <summary>The element type of a .NET type.</summary>
    /// <exception cref="ArgumentException">No element type holds it.</exception>
    internal static ScalarType Of(Type type)
    {
        if (type == typeof(float))
            return ScalarType.Float32;
        if (type == typeof(long))
            return ScalarType.Int64;
        if (type == typeof(int))
            return ScalarType.Int32;
        if (type == typeof(double))
            return ScalarType.Float64;
        if (type == typeof(bool))
            return ScalarType.Bool;
        if (type == typeof(byte))
            return ScalarType.Byte;
        if (type == typeof(sbyte))
            return ScalarType.Int8;
        if (type == typeof(short))
            return ScalarType.Int16;
        if (type == typeof(Half))
            return ScalarType.Float16;
        if (type == typeof(BFloat16))
            return ScalarType.BFloat16;
        throw new ArgumentException($"A tensor cannot hold elements of type {type.Name}.");
    }

    /// <summary>Bytes of one element.</summary>
    internal static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool or ScalarType.QInt8 or ScalarType.QUInt8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 or ScalarType.QInt32 => 4,
        ScalarType.ComplexFloat64 => 16,
        _ => 8,
    };
}
