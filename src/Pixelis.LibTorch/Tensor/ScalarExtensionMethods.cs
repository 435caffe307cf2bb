namespace TorchSharp;

/// <summary>Conversions between .NET numbers and <see cref="Scalar"/>.</summary>
public static class ScalarExtensionMethods
{
    /// <summary>Converts a byte to a scalar.</summary>
    public static Scalar ToScalar(this byte value) => value;

    /// <summary>Converts a sbyte to a scalar.</summary>
    public static Scalar ToScalar(this sbyte value) => value;

    /// <summary>Converts a short to a scalar.</summary>
    public static Scalar ToScalar(this short value) => value;

    /// <summary>Converts a int to a scalar.</summary>
    public static Scalar ToScalar(this int value) => value;

    /// <summary>Converts a long to a scalar.</summary>
    public static Scalar ToScalar(this long value) => value;

    /// <summary>Converts a Half to a scalar.</summary>
    public static Scalar ToScalar(this Half value) => value;

    /// <summary>Converts a BFloat16 to a scalar.</summary>
    public static Scalar ToScalar(this BFloat16 value) => value;

    /// <summary>Converts a float to a scalar.</summary>
    public static Scalar ToScalar(this float value) => value;

    /// <summary>Converts a double to a scalar.</summary>
    public static Scalar ToScalar(this double value) => value;

    /// <summary>Converts a bool to a scalar.</summary>
    public static Scalar ToScalar(this bool value) => value;

    /// <summary>The value as byte.</summary>
    public static byte ToByte(this Scalar value) => (byte)value.AsInt64;

    /// <summary>The value as sbyte.</summary>
    public static sbyte ToSByte(this Scalar value) => (sbyte)value.AsInt64;

    /// <summary>The value as short.</summary>
    public static short ToInt16(this Scalar value) => (short)value.AsInt64;

    /// <summary>The value as int.</summary>
    public static int ToInt32(this Scalar value) => (int)value.AsInt64;

    /// <summary>The value as long.</summary>
    public static long ToInt64(this Scalar value) => value.AsInt64;

    /// <summary>The value as Half.</summary>
    public static Half ToHalf(this Scalar value) => (Half)value.AsDouble;

    /// <summary>The value as BFloat16.</summary>
    public static BFloat16 ToBFloat16(this Scalar value) => (BFloat16)value.AsDouble;

    /// <summary>The value as float.</summary>
    public static float ToSingle(this Scalar value) => (float)value.AsDouble;

    /// <summary>The value as double.</summary>
    public static double ToDouble(this Scalar value) => value.AsDouble;

    /// <summary>The value as bool.</summary>
    public static bool ToBoolean(this Scalar value) => value.AsDouble != 0;
}
