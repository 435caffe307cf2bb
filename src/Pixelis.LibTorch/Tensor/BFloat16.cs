using System.Globalization;

namespace TorchSharp;

/// <summary>A float with the exponent of float32 and 8 bits of precision: the upper half of a float32's bits.</summary>
public readonly struct BFloat16 : IComparable<BFloat16>, IEquatable<BFloat16>, IComparable, IFormattable
{
    internal readonly ushort value;

    private BFloat16(ushort bits, bool _) => value = bits;

    /// <summary>Rounds a float32 to nearest, ties to even.</summary>
    public BFloat16(float f) => value = Round(f);

    /// <summary>The number whose bits are given.</summary>
    public static BFloat16 FromRawValue(ushort rawValue) => new(rawValue, true);

    /// <summary>0.</summary>
    public static readonly BFloat16 Zero = FromRawValue(0);

    /// <summary>1.</summary>
    public static readonly BFloat16 One = FromRawValue(0x3F80);

    /// <summary>Not a number.</summary>
    public static readonly BFloat16 NaN = FromRawValue(0x7FC0);

    /// <summary>Positive infinity.</summary>
    public static readonly BFloat16 PositiveInfinity = FromRawValue(0x7F80);

    /// <summary>Negative infinity.</summary>
    public static readonly BFloat16 NegativeInfinity = FromRawValue(0xFF80);

    /// <summary>The largest finite value.</summary>
    public static readonly BFloat16 MaxValue = FromRawValue(0x7F7F);

    /// <summary>The smallest finite value.</summary>
    public static readonly BFloat16 MinValue = FromRawValue(0xFF7F);

    /// <summary>The value as float32, exactly.</summary>
    public float ToSingle() => BitConverter.Int32BitsToSingle(value << 16);

    /// <summary>Whether the value is not a number.</summary>
    public static bool IsNaN(BFloat16 bf) => (bf.value & 0x7FFF) > 0x7F80;

    /// <summary>Whether the value is infinite.</summary>
    public static bool IsInfinity(BFloat16 bf) => (bf.value & 0x7FFF) == 0x7F80;

    /// <summary>Whether the value is neither infinite nor NaN.</summary>
    public static bool IsFinite(BFloat16 bf) => (bf.value & 0x7F80) != 0x7F80;

    /// <summary>Converts exactly.</summary>
    public static explicit operator float(BFloat16 bf) => bf.ToSingle();

    /// <summary>Converts exactly.</summary>
    public static explicit operator double(BFloat16 bf) => bf.ToSingle();

    /// <summary>Rounds to nearest, ties to even.</summary>
    public static explicit operator BFloat16(float f) => new(f);

    /// <summary>Rounds through float32.</summary>
    public static explicit operator BFloat16(double d) => new((float)d);

    /// <summary>Adds in float32 and rounds.</summary>
    public static BFloat16 operator +(BFloat16 a, BFloat16 b) => new(a.ToSingle() + b.ToSingle());

    /// <summary>Subtracts in float32 and rounds.</summary>
    public static BFloat16 operator -(BFloat16 a, BFloat16 b) => new(a.ToSingle() - b.ToSingle());

    /// <summary>Multiplies in float32 and rounds.</summary>
    public static BFloat16 operator *(BFloat16 a, BFloat16 b) => new(a.ToSingle() * b.ToSingle());

    /// <summary>Divides in float32 and rounds.</summary>
    public static BFloat16 operator /(BFloat16 a, BFloat16 b) => new(a.ToSingle() / b.ToSingle());

    /// <summary>Changes the sign.</summary>
    public static BFloat16 operator -(BFloat16 a) => FromRawValue((ushort)(a.value ^ 0x8000));

    /// <summary>Compares by value; NaN equals nothing.</summary>
    public static bool operator ==(BFloat16 a, BFloat16 b) => a.ToSingle() == b.ToSingle();

    /// <summary>Compares by value; NaN differs from everything.</summary>
    public static bool operator !=(BFloat16 a, BFloat16 b) => a.ToSingle() != b.ToSingle();

    /// <summary>Compares by value.</summary>
    public static bool operator <(BFloat16 a, BFloat16 b) => a.ToSingle() < b.ToSingle();

    /// <summary>Compares by value.</summary>
    public static bool operator >(BFloat16 a, BFloat16 b) => a.ToSingle() > b.ToSingle();

    /// <summary>Compares by value.</summary>
    public static bool operator <=(BFloat16 a, BFloat16 b) => a.ToSingle() <= b.ToSingle();

    /// <summary>Compares by value.</summary>
    public static bool operator >=(BFloat16 a, BFloat16 b) => a.ToSingle() >= b.ToSingle();

    /// <inheritdoc />
    public int CompareTo(BFloat16 other) => ToSingle().CompareTo(other.ToSingle());

    /// <inheritdoc />
    public int CompareTo(object? obj) => obj is BFloat16 other ? CompareTo(other) : throw new ArgumentException("A BFloat16 was expected.", nameof(obj));

    /// <inheritdoc />
    public bool Equals(BFloat16 other) => ToSingle().Equals(other.ToSingle());

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is BFloat16 other && Equals(other);

    /// <inheritdoc />
    public override int GetHashCode() => ToSingle().GetHashCode();

    /// <inheritdoc />
    public override string ToString() => ToSingle().ToString(CultureInfo.CurrentCulture);

    /// <inheritdoc />
    public string ToString(string? format, IFormatProvider? formatProvider) => ToSingle().ToString(format, formatProvider);

    private static ushort Round(float f)
    {
        uint bits = BitConverter.SingleToUInt32Bits(f);
        if ((bits & 0x7FFFFFFF) > 0x7F800000)
            return 0x7FC0;
        return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
