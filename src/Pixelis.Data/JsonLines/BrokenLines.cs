namespace Pixelis.Data;

/// <summary>What a reader does with a line it cannot read.</summary>
public enum BrokenLines
{
    /// <summary>Stop with an error that names file, line and field.</summary>
    Refuse,

    /// <summary>Leave the line out, report it, read on.</summary>
    Skip,
}
