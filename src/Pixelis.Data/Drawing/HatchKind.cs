namespace Pixelis.Data.Drawing;

/// <summary>The form of a <see cref="Hatch"/>.</summary>
internal enum HatchKind
{
    Checks,
    Rows,
    Columns,
}
