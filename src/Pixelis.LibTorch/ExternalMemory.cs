using System.Runtime.InteropServices;
using Pixelis.LibTorch.Native;
using static TorchSharp.torch;

namespace Pixelis.LibTorch;

/// <summary>Tensors over memory that something else owns, such as a mapped file.</summary>
internal static unsafe class ExternalMemory
{
    /// <summary>A CPU tensor over memory, without a copy.</summary>
    /// <param name="data">The first element, aligned for its type.</param>
    /// <param name="sizes">Sizes; the elements lie row-major without gaps.</param>
    /// <param name="type">Element type.</param>
    /// <param name="release">Called once, on any thread, when no tensor refers to the memory any more.</param>
    internal static Tensor Wrap(void* data, ReadOnlySpan<long> sizes, ScalarType type, Action release)
    {
        nint context = GCHandle.ToIntPtr(GCHandle.Alloc(release));
        nint native;
        fixed (long* dimensions = sizes)
            native = NativeMethods.px_tensor_wrap(data, dimensions, sizes.Length, (int)type, &OnRelease, context);
        if (native == 0)
        {
            string text = Dispatcher.LastError();
            GCHandle.FromIntPtr(context).Free();
            throw new TorchException("from_blob", text);
        }
        return new Tensor(native);
    }

    [UnmanagedCallersOnly]
    private static void OnRelease(nint context)
    {
        GCHandle handle = GCHandle.FromIntPtr(context);
        var release = (Action)handle.Target!;
        handle.Free();
        try
        {
            release();
        }
        catch (Exception exception)
        {
            // An exception must not reach libtorch; the memory is lost, nothing else is.
            Console.Error.WriteLine($"Pixelis: releasing wrapped memory failed: {exception.Message}");
        }
    }
}
