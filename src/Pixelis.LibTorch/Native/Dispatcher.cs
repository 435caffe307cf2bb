using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.LibTorch.Native;

/// <summary>
/// Calls operators through libtorch's boxed dispatcher. Arguments left off at the end take the schema's defaults. Arguments and
/// results live on the stack; a call allocates only the tensors it returns.
/// </summary>
internal static unsafe class Dispatcher
{
    private const int StackListEntries = 64;

    /// <summary>Calls an operator that returns one tensor.</summary>
    internal static Tensor Call(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(op, arguments, &result, 1);
        return ToTensor(op, result);
    }

    /// <summary>Calls an operator whose result is not wanted: one that works in place.</summary>
    internal static void Run(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[2];
        int count = Invoke(op, arguments, results, 2);
        for (int i = 0; i < count; i++)
            if (results[i].Kind == ValueKind.Tensor)
                NativeMethods.px_tensor_release((nint)results[i].Payload);
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    internal static (Tensor First, Tensor Second) CallTwo(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[2];
        Invoke(op, arguments, results, 2);
        return (ToTensor(op, results[0]), ToTensor(op, results[1]));
    }

    /// <summary>Calls an operator that returns three tensors.</summary>
    internal static (Tensor First, Tensor Second, Tensor Third) CallThree(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[3];
        Invoke(op, arguments, results, 3);
        return (ToTensor(op, results[0]), ToTensor(op, results[1]), ToTensor(op, results[2]));
    }

    /// <summary>Calls an operator with any number of tensor results, up to eight; results that are None come as null.</summary>
    internal static Tensor?[] CallMany(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[8];
        int count = Invoke(op, arguments, results, 8);
        var tensors = new Tensor?[count];
        for (int i = 0; i < count; i++)
            tensors[i] = results[i].Kind == ValueKind.Tensor ? ToTensor(op, results[i]) : null;
        return tensors;
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    internal static Tensor[] CallList(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(op, arguments, &result, 1);
        if (result.Kind != ValueKind.TensorList)
            throw new TorchException(op.Name, $"returned {result.Kind} where a list of tensors was expected");
        var items = (nint*)result.Payload;
        var tensors = new Tensor[result.Length];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(items[i]);
        NativeMethods.px_free(items);
        return tensors;
    }

    /// <summary>Calls an operator that returns a truth value.</summary>
    internal static bool CallBool(Operator op, params ReadOnlySpan<Argument> arguments) => CallValue(op, arguments).Payload != 0;

    /// <summary>Calls an operator that returns a number (an integer, a double or a truth value).</summary>
    internal static NativeValue CallValue(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(op, arguments, &result, 1);
        if (result.Kind is ValueKind.Int or ValueKind.Bool or ValueKind.Double)
            return result;
        if (result.Kind == ValueKind.Tensor)
            NativeMethods.px_tensor_release((nint)result.Payload);
        throw new TorchException(op.Name, $"returned {result.Kind} where a number was expected");
    }

    /// <summary>Calls an operator that returns a text.</summary>
    internal static string CallText(Operator op, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue result;
        Invoke(op, arguments, &result, 1);
        if (result.Kind != ValueKind.String)
            throw new TorchException(op.Name, $"returned {result.Kind} where a text was expected");
        string text = Marshal.PtrToStringUTF8((nint)result.Payload, result.Length);
        NativeMethods.px_free((void*)result.Payload);
        return text;
    }

    /// <summary>libtorch's text for the failure that this thread saw last.</summary>
    internal static string LastError() => Marshal.PtrToStringUTF8((nint)NativeMethods.px_last_error()) ?? "no text";

    /// <summary>Throws when a native function reported failure.</summary>
    internal static int Check(int status, string operation) =>
        status >= 0 ? status : throw new TorchException(operation, LastError());

    /// <summary>Throws when a native function that returns a handle returned none.</summary>
    internal static nint Check(nint handle, string operation) =>
        handle != 0 ? handle : throw new TorchException(operation, LastError());

    private static Tensor ToTensor(Operator op, NativeValue value)
    {
        if (value.Kind != ValueKind.Tensor)
            throw new TorchException(op.Name, $"returned {value.Kind} where a tensor was expected");
        return new Tensor((nint)value.Payload, value.Length);
    }

    [SkipLocalsInit]
    private static int Invoke(Operator op, ReadOnlySpan<Argument> arguments, NativeValue* results, int capacity)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        long* lists = stackalloc long[StackListEntries];
        int used = 0;
        List<nint>? overflow = null;
        try
        {
            for (int i = 0; i < arguments.Length; i++)
            {
                ref readonly Argument argument = ref arguments[i];
                values[i].Kind = argument.Kind;
                values[i].Length = 0;
                values[i].Payload = argument.Payload;
                if (argument.Reference is Tensor tensor)
                    values[i].Payload = tensor.Handle;
                else if (argument.Reference is not null)
                    Pack(argument.Reference, ref values[i], lists, ref used, ref overflow);
            }
            int count = NativeMethods.px_operator_call(op.Handle, values, arguments.Length, results, capacity);
            return count >= 0 ? count : throw new TorchException(op.Name, LastError());
        }
        finally
        {
            if (overflow is not null)
                foreach (nint block in overflow)
                    NativeMemory.Free((void*)block);
        }
    }

    // Lists are copied beside the values; only long ones take memory from the heap.
    private static void Pack(object reference, ref NativeValue value, long* lists, ref int used, ref List<nint>? overflow)
    {
        switch (reference)
        {
            case long[] numbers:
                numbers.CopyTo(Reserve(numbers.Length, ref value, lists, ref used, ref overflow));
                break;
            case double[] numbers:
                MemoryMarshal.Cast<double, long>(numbers).CopyTo(Reserve(numbers.Length, ref value, lists, ref used, ref overflow));
                break;
            case Tensor?[] tensors:
                Span<long> handles = Reserve(tensors.Length, ref value, lists, ref used, ref overflow);
                for (int i = 0; i < tensors.Length; i++)
                    handles[i] = tensors[i]?.Handle ?? 0;
                break;
            case string text:
                int bytes = Encoding.UTF8.GetByteCount(text);
                Span<long> cells = Reserve((bytes + 7) / 8, ref value, lists, ref used, ref overflow);
                value.Length = Encoding.UTF8.GetBytes(text, MemoryMarshal.AsBytes(cells));
                break;
            case Generator generator:
                value.Payload = generator.Handle;
                break;
            default:
                throw new InvalidOperationException($"An argument of type {reference.GetType()} has no native form.");
        }
    }

    private static Span<long> Reserve(int entries, ref NativeValue value, long* lists, ref int used, ref List<nint>? overflow)
    {
        long* start = lists + used;
        if (used + entries > StackListEntries)
        {
            start = (long*)NativeMemory.Alloc((nuint)entries, sizeof(long));
            (overflow ??= []).Add((nint)start);
        }
        else
        {
            used += entries;
        }
        value.Length = entries;
        value.Payload = (long)start;
        return new Span<long>(start, entries);
    }
}
