namespace Pixelis.Data.Drawing;

/// <summary>The form of a <see cref="Hatch"/>: checks of one pixel, or bricks of two that lie or stand.</summary>
internal enum HatchKind
{
    Checks,
    Across,
    Down,
}
