using Pixelis.LibTorch.Native;
using TorchSharp;

namespace Pixelis.LibTorch;

/// <summary>
/// Mixed precision on this thread: until disposed, matrix products and convolutions run in a 16-bit type and what needs the
/// range stays in float32. TorchSharp has no such member, so only code that names this assembly can use it.
/// </summary>
public sealed class Autocast : IDisposable
{
    private readonly int _device;
    private readonly int _before;
    private bool _left;

    /// <summary>Opens the region.</summary>
    /// <param name="device">CPU or CUDA.</param>
    /// <param name="type">bfloat16, or float16 on CUDA.</param>
    /// <param name="enabled">False switches mixed precision off inside an outer region.</param>
    public Autocast(DeviceType device, torch.ScalarType type = torch.ScalarType.BFloat16, bool enabled = true)
    {
        _device = device == DeviceType.CUDA ? 1 : 0;
        _before = Dispatcher.Check(NativeMethods.px_autocast_set(_device, enabled ? 1 : 0, (int)type), "autocast");
        Dispatcher.Check(NativeMethods.px_autocast_nesting(1), "autocast");
    }

    /// <summary>Closes the region. The weights that were converted inside are let go when the outermost one closes.</summary>
    public void Dispose()
    {
        if (_left)
            return;
        _left = true;
        _ = NativeMethods.px_autocast_nesting(-1);
        _ = NativeMethods.px_autocast_set(_device, _before, -1);
    }
}
