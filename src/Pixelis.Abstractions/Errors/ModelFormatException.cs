namespace Pixelis;

/// <summary>A model folder, weight file, tokenizer or adapter that cannot be used as it is.</summary>
/// <param name="file">The file (or folder) at fault.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public class ModelFormatException(string file, string problem, Exception? innerException = null)
    : PixelisException($"{file}: {problem}", innerException)
{
    /// <summary>The file (or folder) at fault.</summary>
    public string File { get; } = file;
}
