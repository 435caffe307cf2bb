namespace Pixelis.Training;

/// <summary>A checkpoint that cannot be used: damaged, of another configuration, or not written. The message says what was expected.</summary>
public sealed class CheckpointException : PixelisException
{
    /// <summary>Makes the exception.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public CheckpointException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
