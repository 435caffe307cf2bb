namespace Pixelis.Architecture.Tests;

/// <summary>Which tensor runtime this build stands on.</summary>
internal static class TensorFlavour
{
#if TORCHSHARP
    public const bool IsTorchSharp = true;
#else
    public const bool IsTorchSharp = false;
#endif
}
