using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// One argument of an operator. Everything the API's signatures use converts to it implicitly; null becomes the schema's None.
/// </summary>
internal readonly struct Argument
{
    internal readonly object? Reference;
    internal readonly long Payload;
    internal readonly ValueKind Kind;

    private Argument(ValueKind kind, long payload = 0, object? reference = null)
    {
        Kind = kind;
        Payload = payload;
        Reference = reference;
    }

    /// <summary>None: an optional argument that is not given.</summary>
    internal static Argument None => default;

    /// <summary>The default that the operator's schema states.</summary>
    internal static Argument Default => new(ValueKind.Default);

    public static implicit operator Argument(Tensor? value) => value is null ? None : new(ValueKind.Tensor, 0, value);

    public static implicit operator Argument(long value) => new(ValueKind.Int, value);

    public static implicit operator Argument(int value) => new(ValueKind.Int, value);

    public static implicit operator Argument(long? value) => value is long given ? given : None;

    public static implicit operator Argument(int? value) => value is int given ? given : None;

    public static implicit operator Argument(double value) => new(ValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(double? value) => value is double given ? given : None;

    public static implicit operator Argument(float value) => (double)value;

    public static implicit operator Argument(bool value) => new(ValueKind.Bool, value ? 1 : 0);

    public static implicit operator Argument(bool? value) => value is bool given ? given : None;

    public static implicit operator Argument(Scalar? value) => value is null ? None : new(value.Kind, value.Payload);

    public static implicit operator Argument(ScalarType value) => new(ValueKind.Int, (long)value);

    public static implicit operator Argument(ScalarType? value) => value is ScalarType given ? given : None;

    public static implicit operator Argument(Device? value) =>
        value is null ? None : new(ValueKind.Device, value.Packed);

    public static implicit operator Argument(long[]? value) => value is null ? None : new(ValueKind.IntList, 0, value);

    public static implicit operator Argument(double[]? value) => value is null ? None : new(ValueKind.DoubleList, 0, value);

    public static implicit operator Argument(Tensor[] value) => new(ValueKind.TensorList, 0, value);

    public static implicit operator Argument(string? value) => value is null ? None : new(ValueKind.String, 0, value);

    public static implicit operator Argument(Generator? value) => value is null ? None : new(ValueKind.Generator, 0, value);

    /// <summary>A list whose entries may be missing, as advanced indexing wants it.</summary>
    internal static Argument OptionalTensors(Tensor?[] tensors) => new(ValueKind.OptionalTensorList, 0, tensors);
}
