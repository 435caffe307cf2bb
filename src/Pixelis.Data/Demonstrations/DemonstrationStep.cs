namespace Pixelis.Data.Demonstrations;

/// <summary>One turn of a demonstrator.</summary>
/// <param name="Write">The turn's text, from what is known at that point.</param>
/// <param name="IsTarget">Whether a model should learn to write it; false for a wrong turn.</param>
internal sealed record DemonstrationStep(Func<DemonstrationState, string> Write, bool IsTarget = true);
