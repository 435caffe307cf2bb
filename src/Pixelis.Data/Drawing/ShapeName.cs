namespace Pixelis.Data.Drawing;

/// <summary>The shapes of scenes; names in lower case are what questions say.</summary>
internal enum ShapeName
{
    Square,
    Circle,
    Triangle,
    Diamond,
    Cross,
    Star,
}
