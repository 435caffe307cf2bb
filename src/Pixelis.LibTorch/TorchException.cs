using System.Runtime.InteropServices;

namespace Pixelis.LibTorch;

/// <summary>
/// libtorch refused a call. The message holds the operator's name and libtorch's own text. TorchSharp throws the base class.
/// </summary>
public sealed class TorchException : ExternalException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">The operator or function that failed, for example <c>aten::add.Tensor</c>.</param>
    /// <param name="text">libtorch's text.</param>
    public TorchException(string operation, string text)
        : base($"{operation}: {text}")
    {
        Operation = operation;
        NativeText = text;
    }

    /// <summary>The operator or function that failed.</summary>
    public string Operation { get; }

    /// <summary>libtorch's text, unchanged.</summary>
    public string NativeText { get; }
}
