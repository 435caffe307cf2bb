using Pixelis.LibTorch.Native;

namespace TorchSharp;

/// <summary>A number of any of the element types. It holds no native memory; disposing it does nothing.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly ValueKind Kind;
    internal readonly long Payload;

    private Scalar(ValueKind kind, long payload, torch.ScalarType type)
    {
        Kind = kind;
        Payload = payload;
        Type = type;
    }

    /// <summary>The element type of the .NET value this was made from.</summary>
    public torch.ScalarType Type { get; }

    internal double AsDouble => Kind == ValueKind.Double ? BitConverter.Int64BitsToDouble(Payload) : Payload;

    internal long AsInt64 => Kind == ValueKind.Double ? (long)BitConverter.Int64BitsToDouble(Payload) : Payload;

    internal static Scalar OfInteger(long value, torch.ScalarType type) => new(ValueKind.Int, value, type);

    internal static Scalar OfReal(double value, torch.ScalarType type) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value), type);

    /// <summary>Converts a byte.</summary>
    public static implicit operator Scalar(byte value) => OfInteger(value, torch.ScalarType.Byte);

    /// <summary>Converts a sbyte.</summary>
    public static implicit operator Scalar(sbyte value) => OfInteger(value, torch.ScalarType.Int8);

    /// <summary>Converts a short.</summary>
    public static implicit operator Scalar(short value) => OfInteger(value, torch.ScalarType.Int16);

    /// <summary>Converts a int.</summary>
    public static implicit operator Scalar(int value) => OfInteger(value, torch.ScalarType.Int32);

    /// <summary>Converts a long.</summary>
    public static implicit operator Scalar(long value) => OfInteger(value, torch.ScalarType.Int64);

    /// <summary>Converts a Half.</summary>
    public static implicit operator Scalar(Half value) => OfReal((double)value, torch.ScalarType.Float16);

    /// <summary>Converts a BFloat16.</summary>
    public static implicit operator Scalar(BFloat16 value) => OfReal((double)value, torch.ScalarType.BFloat16);

    /// <summary>Converts a float.</summary>
    public static implicit operator Scalar(float value) => OfReal(value, torch.ScalarType.Float32);

    /// <summary>Converts a double.</summary>
    public static implicit operator Scalar(double value) => OfReal(value, torch.ScalarType.Float64);

    /// <summary>Converts a bool.</summary>
    public static implicit operator Scalar(bool value) => new(ValueKind.Bool, value ? 1 : 0, torch.ScalarType.Bool);

    /// <summary>Does nothing: a scalar is a managed value.</summary>
    public void Dispose()
    {
    }
}
