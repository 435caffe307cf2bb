using System.Runtime.InteropServices;
using Pixelis.LibTorch.Native;

namespace TorchSharp;

public static partial class torch
{
    private static ScalarType _defaultType = ScalarType.Float32;
    private static Device _defaultDevice = CPU;

    /// <summary>The element type that factories use when none is given; float32 at the start.</summary>
    public static ScalarType get_default_dtype() => _defaultType;

    /// <summary>Sets the element type that factories use when none is given.</summary>
    public static void set_default_dtype(ScalarType dtype) => _defaultType = dtype;

    /// <summary>The device that factories use when none is given; the CPU at the start.</summary>
    public static Device get_default_device() => _defaultDevice;

    /// <summary>Sets the device that factories use when none is given.</summary>
    public static void set_default_device(Device device) => _defaultDevice = device;

    /// <summary>Numbers from start up to stop (excluded); int64 when all three are integers.</summary>
    public static Tensor arange(Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        ScalarType type = dtype ?? (is_integral(start.Type) && is_integral(stop.Type) && is_integral(step.Type) ? ScalarType.Int64 : _defaultType);
        return WithGrad(Dispatcher.Call(Ops.arange__start_step, start, stop, step, type, Argument.None, device ?? _defaultDevice), requires_grad);
    }

    /// <summary>Numbers from start up to stop (excluded).</summary>
    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(start, stop, 1, dtype, device, requires_grad);

    /// <summary>Numbers from 0 up to stop (excluded).</summary>
    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        arange(0, stop, 1, dtype, device, requires_grad);

    /// <summary>Evenly spaced numbers, both ends included.</summary>
    public static Tensor linspace(double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        WithGrad(Dispatcher.Call(Ops.linspace, start, end, steps, dtype ?? _defaultType, Argument.None, device ?? _defaultDevice), requires_grad);

    /// <summary>Ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        RefuseNames(names);
        return WithGrad(
            Dispatcher.Call(Ops.eye__m, rows, columns < 0 ? rows : columns, dtype ?? _defaultType, Argument.None, device ?? _defaultDevice), requires_grad);
    }

    /// <summary>Random integers from low up to high (excluded); int64 unless another type is given.</summary>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        return WithGrad(
            Dispatcher.Call(Ops.randint__low_generator, low, high, size, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? _defaultDevice),
            requires_grad);
    }

    /// <summary>Random integers from 0 up to high (excluded).</summary>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Random integers from low up to high (excluded).</summary>
    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Random integers from 0 up to high (excluded).</summary>
    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randint(0, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>The numbers from 0 to n - 1 in random order.</summary>
    public static Tensor randperm(long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        WithGrad(
            Dispatcher.Call(Ops.randperm__generator, n, generator, dtype ?? ScalarType.Int64, Argument.None, device ?? _defaultDevice), requires_grad);

    /// <summary>Normal numbers with a mean and a standard deviation.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        Tensor numbers = empty(size, dtype, device, false, names).normal_(mean, std, generator);
        return WithGrad(numbers, requires_grad);
    }

    /// <summary>A tensor with a copy of an array of any rank, in the array's element type.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        var sizes = new long[rawArray.Rank];
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = rawArray.GetLength(i);
        ScalarType type = ElementTypes.Of(rawArray.GetType().GetElementType()!);
        return FromBytes(rawArray.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(
            ref MemoryMarshal.GetArrayDataReference(rawArray), checked(rawArray.Length * ElementTypes.SizeOf(type))), sizes, type, dtype, device, requires_grad, names);
    }

    /// <summary>A tensor over a file's bytes, which are mapped into memory.</summary>
    /// <param name="filename">The file.</param>
    /// <param name="shared">Whether writing to the tensor writes to the file.</param>
    /// <param name="size">Number of elements.</param>
    /// <param name="dtype">Element type; float32 unless given.</param>
    /// <param name="device">Where to.</param>
    /// <param name="requires_grad">Whether gradients are computed for it.</param>
    public static Tensor from_file(
        string filename, bool? shared = null, long? size = 0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
    {
        Tensor mapped = Dispatcher.Call(Ops.from_file, filename, shared, size, dtype ?? _defaultType, Argument.None, CPU);
        if (device is not null && device.type != DeviceType.CPU)
            mapped = mapped.to(device, disposeAfter: true);
        return WithGrad(mapped, requires_grad);
    }

    /// <summary>The data as a tensor; the tensor itself where type and device already fit.</summary>
    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) => data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>A tensor with a copy of an array of any rank.</summary>
    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    internal static Tensor FromSpan<T>(
        ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
        where T : unmanaged =>
        FromBytes(MemoryMarshal.AsBytes(values), sizes, type, dtype, device, requiresGrad, names);

    private static unsafe Tensor FromBytes(
        ReadOnlySpan<byte> bytes, ReadOnlySpan<long> sizes, ScalarType type, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
    {
        RefuseNames(names);
        long count = 1;
        foreach (long size in sizes)
            count = checked(count * size);
        if (count * ElementTypes.SizeOf(type) > bytes.Length)
            throw new ArgumentException($"The sizes need {count} elements, the array has {bytes.Length / ElementTypes.SizeOf(type)}.", nameof(sizes));
        nint native;
        fixed (byte* data = bytes)
        fixed (long* dimensions = sizes)
            native = Dispatcher.Check(NativeMethods.px_tensor_copy_from(data, dimensions, sizes.Length, (int)type), "tensor");
        var tensor = new Tensor(native);
        ScalarType wanted = dtype ?? type;
        device ??= _defaultDevice;
        if (wanted != type || device.type != DeviceType.CPU)
            tensor = tensor.to(wanted, device, disposeAfter: true);
        return WithGrad(tensor, requiresGrad);
    }

    private static Tensor Make(
        Operator op, long[] size, ReadOnlySpan<Argument> between, ScalarType? dtype, Device? device, bool requiresGrad, string[]? names)
    {
        RefuseNames(names);
        ScalarType type = dtype ?? _defaultType;
        device ??= _defaultDevice;
        Tensor tensor = between.Length == 0
            ? Dispatcher.Call(op, size, type, Argument.None, device)
            : Dispatcher.Call(op, size, between[0], type, Argument.None, device);
        return WithGrad(tensor, requiresGrad);
    }

    private static Tensor WithGrad(Tensor tensor, bool requiresGrad) => requiresGrad ? tensor.requires_grad_() : tensor;

    private static void RefuseNames(string[]? names)
    {
        if (names is { Length: > 0 })
            throw new ArgumentException("Named dimensions are not part of this runtime; leave names out.", nameof(names));
    }
}
