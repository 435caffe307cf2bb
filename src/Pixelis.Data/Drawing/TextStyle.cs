namespace Pixelis.Data.Drawing;

/// <summary>How text is drawn.</summary>
/// <param name="Height">Height of capitals in pixels, pen included.</param>
/// <param name="Pen">Width of a stroke in pixels.</param>
/// <param name="WidthPercent">Width of letters; 100 is the design's.</param>
/// <param name="SlantPercent">How far a letter leans to the right, as a share of its height.</param>
/// <param name="SpacingPercent">Space between letters as a share of the height.</param>
internal readonly record struct TextStyle(int Height, int Pen, int WidthPercent = 100, int SlantPercent = 0, int SpacingPercent = 40);
