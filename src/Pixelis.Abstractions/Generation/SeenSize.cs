namespace Pixelis.Generation;

/// <summary>The size in which a model saw a picture, after its processor's resize.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct SeenSize(int Width, int Height);
