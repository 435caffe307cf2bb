namespace Pixelis.Training;

/// <summary>What a run is about to do.</summary>
/// <param name="FirstStep">Steps done already: 0, or those of the checkpoint it goes on from.</param>
/// <param name="Steps">Steps of the whole run.</param>
/// <param name="TrainedCount">Elements of the trained parameters.</param>
/// <param name="FrozenCount">Elements of the other parameters.</param>
/// <param name="Configuration">Every setting that influences the result, by name.</param>
public sealed record RunDescription(int FirstStep, int Steps, long TrainedCount, long FrozenCount, IReadOnlyDictionary<string, string> Configuration);
