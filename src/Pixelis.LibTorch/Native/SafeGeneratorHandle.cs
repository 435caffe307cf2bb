using System.Runtime.InteropServices;

namespace Pixelis.LibTorch.Native;

/// <summary>Owns a reference to a native random generator.</summary>
internal sealed class SafeGeneratorHandle : SafeHandle
{
    internal SafeGeneratorHandle(nint native)
        : base(0, ownsHandle: true) => SetHandle(native);

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle()
    {
        NativeMethods.px_generator_release(handle);
        return true;
    }
}
