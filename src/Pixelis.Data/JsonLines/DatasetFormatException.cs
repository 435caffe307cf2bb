namespace Pixelis.Data;

/// <summary>A dataset that cannot be read: names the file, the line, the field where that is known, and what was expected.</summary>
public sealed class DatasetFormatException : PixelisException
{
    /// <summary>Makes an error about a line of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">Its line from 1; 0 for the file as a whole.</param>
    /// <param name="field">The field at fault, or null.</param>
    /// <param name="problem">What is wrong and what was expected.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public DatasetFormatException(string file, int line, string? field, string problem, Exception? innerException = null)
        : base((line > 0 ? $"{file}:{line}: " : $"{file}: ") + (field is null ? "" : $"field '{field}': ") + problem, innerException)
    {
        File = file;
        Line = line;
        Field = field;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line from 1; 0 for the file as a whole.</summary>
    public int Line { get; }

    /// <summary>The field at fault, or null.</summary>
    public string? Field { get; }
}
