namespace Pixelis.Training;

/// <summary>Something beside weights and optimizer that a checkpoint holds.</summary>
internal interface ICheckpointPart
{
    /// <summary>Writes files into a checkpoint that is being made.</summary>
    void Write(string folder);

    /// <summary>Puts back what <see cref="Write"/> wrote; all of it or nothing.</summary>
    void Read(string folder);
}
