namespace Pixelis.LibTorch;

/// <summary>The native shim or the libtorch it was built for is missing or does not fit; the message says what to do.</summary>
public sealed class LibTorchNotFoundException : DllNotFoundException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One sentence: what is wrong, and the remedy.</param>
    public LibTorchNotFoundException(string message)
        : base(message)
    {
    }
}
