namespace Pixelis.Tools.Visual;

/// <summary>A colour with its everyday name.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
/// <param name="Name">One of black, dark gray, gray, light gray, white, red, orange, yellow, green, cyan, blue, purple, pink, brown.</param>
/// <param name="Share">Share of the region's pixels that it stands for, 0..1.</param>
public readonly record struct NamedColor(byte Red, byte Green, byte Blue, string Name, double Share);
