using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Facts about the element types of tensors.</summary>
public static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    /// <exception cref="NotSupportedException">A type that no model file uses (complex and quantised ones).</exception>
    public static int SizeOf(ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 => 8,
        _ => throw new NotSupportedException($"element type {type} is not supported"),
    };

    /// <summary>Whether a type is one of the 16-bit floating types, whose sums are made in float32.</summary>
    public static bool IsHalf(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16;

    /// <summary>
    /// The lowest finite value of a floating type. Attention masks add it instead of minus infinity, so that a row in which
    /// everything is masked gives a uniform distribution and no NaN.
    /// </summary>
    public static double LowestFinite(ScalarType type) => type switch
    {
        ScalarType.Float32 => float.MinValue,
        ScalarType.Float64 => double.MinValue,
        ScalarType.Float16 => (double)Half.MinValue,
        ScalarType.BFloat16 => -3.3895313892515355e38,
        _ => throw new NotSupportedException($"{type} is not a floating type that attention is computed in"),
    };

    /// <summary>The highest finite value of a floating type: minus the lowest.</summary>
    public static double HighestFinite(ScalarType type) => -LowestFinite(type);
}
