namespace Pixelis.Training;

/// <summary>Where a run is in its data.</summary>
/// <param name="Window">Start of the window of batches at hand.</param>
/// <param name="Batch">Batches of it that are done.</param>
public readonly record struct BatchPlace(DataCursor Window, int Batch);
