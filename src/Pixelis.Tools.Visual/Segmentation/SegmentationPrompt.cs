namespace Pixelis.Tools.Visual;

/// <summary>What is known of an object before it is segmented.</summary>
/// <param name="Point">A pixel of the object.</param>
/// <param name="Box">A box that holds the whole object, or null. Nothing outside it becomes part of the object.</param>
public sealed record SegmentationPrompt(PixelPosition Point, PixelRect? Box = null);
