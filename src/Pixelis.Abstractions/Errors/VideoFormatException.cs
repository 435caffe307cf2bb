namespace Pixelis;

/// <summary>A file that is not a video this SDK reads, a damaged one, or one that is larger than the limits.</summary>
public sealed class VideoFormatException(string file, string problem, Exception? innerException = null)
    : PixelisException($"{file}: {problem}", innerException)
{
    /// <summary>The file at fault.</summary>
    public string File { get; } = file;
}
