namespace Pixelis.Training.Grpo;

/// <summary>A sample kept for replay.</summary>
/// <typeparam name="T">What is replayed.</typeparam>
/// <param name="Item">The sample.</param>
/// <param name="Advantage">Its advantage when it was fresh.</param>
public readonly record struct ReplayEntry<T>(T Item, double Advantage);
