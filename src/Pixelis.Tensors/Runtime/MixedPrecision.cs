using TorchSharp;
using static TorchSharp.torch;

namespace Pixelis.Tensors;

/// <summary>Regions on the calling thread in which matrix products run in bfloat16 while weights and what needs the range stay in float32.</summary>
public static class MixedPrecision
{
    [ThreadStatic]
    private static int s_depth;

    /// <summary>Whether this tensor runtime has such regions: true with LibTorch; TorchSharp 0.107 has no public member for them.</summary>
#if LIBTORCH
    public static bool IsAvailable => true;
#else
    public static bool IsAvailable => false;
#endif

    /// <summary>Whether the calling thread is in such a region.</summary>
    public static bool IsOn => s_depth > 0;

    /// <summary>Opens a region; it ends when the result is disposed, on the same thread.</summary>
    /// <param name="device">CPU or CUDA.</param>
    /// <exception cref="NotSupportedException">The tensor runtime has no such regions.</exception>
    public static IDisposable Begin(DeviceType device) =>
#if LIBTORCH
        new Region(new Pixelis.LibTorch.Autocast(device));
#else
        throw new NotSupportedException($"TorchSharp has no public autocast region for {device}; train in float32, or build with -p:TensorRuntime=LibTorch.");
#endif

    private sealed class Region : IDisposable
    {
        private IDisposable? _inner;

        public Region(IDisposable inner)
        {
            _inner = inner;
            s_depth++;
        }

        public void Dispose()
        {
            if (_inner is null)
                return;
            _inner.Dispose();
            _inner = null;
            s_depth--;
        }
    }
}
