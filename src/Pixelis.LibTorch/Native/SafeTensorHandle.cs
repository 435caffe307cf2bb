using System.Runtime.InteropServices;

namespace Pixelis.LibTorch.Native;

/// <summary>Owns one reference to a native tensor. A tensor that nobody disposed is let go by the finalizer.</summary>
internal sealed class SafeTensorHandle : SafeHandle
{
    private static long _liveCount;
    private static long _peakCount;
    private readonly int _kibibytes;

    internal SafeTensorHandle(nint tensor, int kibibytes = 0)
        : base(0, ownsHandle: true)
    {
        SetHandle(tensor);
        _kibibytes = kibibytes;
        long live = Interlocked.Increment(ref _liveCount);
        if (live > _peakCount)
            _peakCount = live;
        if (kibibytes >= NativeMemoryPressure.SmallestCounted)
            NativeMemoryPressure.Add(kibibytes);
        NativeMemoryPressure.CountHandle();
    }

    /// <summary>Handles that are alive.</summary>
    internal static long LiveCount => Volatile.Read(ref _liveCount);

    /// <summary>The most handles that were alive at once; approximate when several threads create tensors.</summary>
    internal static long PeakCount => Volatile.Read(ref _peakCount);

    /// <summary>Takes a handle that never held a tensor out of the count.</summary>
    internal static void ForgetOne() => Interlocked.Decrement(ref _liveCount);

    public override bool IsInvalid => handle == 0;

    /// <summary>The pointer, without keeping the handle alive.</summary>
    internal nint Value => handle;

    protected override bool ReleaseHandle()
    {
        Interlocked.Decrement(ref _liveCount);
        if (_kibibytes >= NativeMemoryPressure.SmallestCounted)
            NativeMemoryPressure.Remove(_kibibytes);
        NativeMethods.px_tensor_release(handle);
        handle = 0;
        return true;
    }
}
