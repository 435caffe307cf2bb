namespace TorchSharp;

public static partial class torch
{
    /// <summary>Element types; the numbers are libtorch's.</summary>
    public enum ScalarType : sbyte
    {
        /// <summary>8-bit unsigned integer.</summary>
        Byte = 0,

        /// <summary>8-bit signed integer.</summary>
        Int8 = 1,

        /// <summary>16-bit signed integer.</summary>
        Int16 = 2,

        /// <summary>32-bit signed integer.</summary>
        Int32 = 3,

        /// <summary>64-bit signed integer.</summary>
        Int64 = 4,

        /// <summary>IEEE half precision.</summary>
        Float16 = 5,

        /// <summary>IEEE single precision.</summary>
        Float32 = 6,

        /// <summary>IEEE double precision.</summary>
        Float64 = 7,

        /// <summary>Complex number of two float32.</summary>
        ComplexFloat32 = 9,

        /// <summary>Complex number of two float64.</summary>
        ComplexFloat64 = 10,

        /// <summary>Truth value, one byte.</summary>
        Bool = 11,

        /// <summary>Quantised 8-bit signed integer.</summary>
        QInt8 = 12,

        /// <summary>Quantised 8-bit unsigned integer.</summary>
        QUInt8 = 13,

        /// <summary>Quantised 32-bit signed integer.</summary>
        QInt32 = 14,

        /// <summary>Upper half of a float32.</summary>
        BFloat16 = 15,
    }

    /// <summary>Truth value.</summary>
    public static readonly ScalarType @bool = ScalarType.Bool;

    /// <summary>8-bit unsigned integer.</summary>
    public static readonly ScalarType uint8 = ScalarType.Byte;

    /// <summary>8-bit signed integer.</summary>
    public static readonly ScalarType int8 = ScalarType.Int8;

    /// <summary>16-bit signed integer.</summary>
    public static readonly ScalarType int16 = ScalarType.Int16;

    /// <summary>32-bit signed integer.</summary>
    public static readonly ScalarType int32 = ScalarType.Int32;

    /// <summary>64-bit signed integer.</summary>
    public static readonly ScalarType int64 = ScalarType.Int64;

    /// <summary>Upper half of a float32.</summary>
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;

    /// <summary>IEEE half precision.</summary>
    public static readonly ScalarType float16 = ScalarType.Float16;

    /// <summary>IEEE single precision.</summary>
    public static readonly ScalarType float32 = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public static readonly ScalarType float64 = ScalarType.Float64;

    /// <summary>16-bit signed integer.</summary>
    public static readonly ScalarType @short = ScalarType.Int16;

    /// <summary>32-bit signed integer.</summary>
    public static readonly ScalarType @int = ScalarType.Int32;

    /// <summary>64-bit signed integer.</summary>
    public static readonly ScalarType @long = ScalarType.Int64;

    /// <summary>IEEE half precision.</summary>
    public static readonly ScalarType half = ScalarType.Float16;

    /// <summary>IEEE single precision.</summary>
    public static readonly ScalarType @float = ScalarType.Float32;

    /// <summary>IEEE double precision.</summary>
    public static readonly ScalarType @double = ScalarType.Float64;

    /// <summary>Whether the type is one of the integers (not Bool).</summary>
    public static bool is_integral(ScalarType type) =>
        type is ScalarType.Byte or ScalarType.Int8 or ScalarType.Int16 or ScalarType.Int32 or ScalarType.Int64 or ScalarType.Bool;

    /// <summary>Whether the type is one of the floating-point types.</summary>
    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    /// <summary>Whether the type is complex.</summary>
    public static bool is_complex(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64;

    /// <summary>Whether the elements of a tensor are integers.</summary>
    public static bool is_integral(Tensor t) => is_integral(t.dtype);

    /// <summary>Whether the elements of a tensor are floating-point numbers.</summary>
    public static bool is_floating_point(Tensor input) => is_floating_point(input.dtype);
}
