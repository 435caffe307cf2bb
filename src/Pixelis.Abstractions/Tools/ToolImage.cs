namespace Pixelis.Tools;

/// <summary>A picture a tool returns to the model.</summary>
/// <param name="Image">Source pixels; the model sees them resized to its own budget.</param>
/// <param name="Parent">The number of the picture it was cut from, when it was.</param>
/// <param name="ParentBox">The part of the parent's source pixels it shows.</param>
public sealed record ToolImage(PixelImage Image, int? Parent = null, PixelBox? ParentBox = null);
