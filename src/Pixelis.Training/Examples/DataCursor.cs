namespace Pixelis.Training;

/// <summary>A place in an endless stream of examples.</summary>
/// <param name="Position">Number of the example, from 0.</param>
/// <param name="Stage">Stage of the curriculum, from 0; 0 without one.</param>
public readonly record struct DataCursor(long Position, int Stage = 0);
