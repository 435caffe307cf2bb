namespace Pixelis;

/// <summary>A trajectory that cannot be read, or whose parts disagree.</summary>
/// <param name="source">The file and line at fault.</param>
/// <param name="problem">What is wrong and what was expected.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class TrajectoryFormatException(string source, string problem, Exception? innerException = null)
    : PixelisException($"{source}: {problem}", innerException);
