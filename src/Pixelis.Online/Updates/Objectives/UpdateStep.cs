using Pixelis.Training.Grpo;

namespace Pixelis.Online.Updates;

/// <summary>How far one update goes, and what holds it back.</summary>
/// <param name="LearningRate">Learning rate, at least 0.</param>
/// <param name="KlCoefficient">Strength of the pull to the reference, for objectives that have one.</param>
/// <param name="Reference">The last version that was found good. Not owned.</param>
/// <param name="Number">The update's number, from 0.</param>
internal readonly record struct UpdateStep(double LearningRate, double KlCoefficient, ReferencePolicy Reference, long Number);
