namespace Pixelis.Tensors;

/// <summary>The tensor runtime this build computes with.</summary>
public static class TensorRuntime
{
    /// <summary>The runtime of the flavour that <c>-p:TensorRuntime</c> chose.</summary>
#if LIBTORCH
    public static ITensorRuntime Current { get; } = new LibTorchRuntime();
#else
    public static ITensorRuntime Current { get; } = new TorchSharpRuntime();
#endif
}
