namespace Pixelis.Training.Grpo;

/// <summary>How far one step of learning goes, and what holds it back.</summary>
/// <param name="LearningRate">Learning rate, at least 0.</param>
/// <param name="KlCoefficient">Strength β of the pull to the reference; not read where the objective has none.</param>
/// <param name="Reference">What the policy is held near; null where the objective has no pull. Not owned.</param>
/// <param name="Number">The step's number, from 0: with the seed it decides how episodes are cut into parts.</param>
internal readonly record struct GrpoStep(double LearningRate, double KlCoefficient = 0, ReferencePolicy? Reference = null, long Number = 0);
