namespace Pixelis.Data;

/// <summary>A value that was read but cannot be used; becomes a <see cref="DatasetFormatException"/> with file and line.</summary>
internal sealed class FieldException(string? field, string problem) : Exception(problem)
{
    public string? Field { get; } = field;
}
