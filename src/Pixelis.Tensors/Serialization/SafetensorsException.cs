namespace Pixelis.Tensors;

/// <summary>A safetensors file that is damaged, lies about its contents, or lacks what was asked for.</summary>
/// <param name="file">The file at fault.</param>
/// <param name="tensor">The tensor at fault, or null when the fault is the file's.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class SafetensorsException(string file, string? tensor, string problem, Exception? innerException = null)
    : ModelFormatException(file, tensor is null ? problem : $"tensor '{tensor}': {problem}", innerException)
{
    /// <summary>The tensor at fault, or null when the fault is the file's.</summary>
    public string? Tensor { get; } = tensor;
}
