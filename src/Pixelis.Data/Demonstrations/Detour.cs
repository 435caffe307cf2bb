namespace Pixelis.Data.Demonstrations;

/// <summary>A wrong turn and how it is seen to be wrong.</summary>
/// <param name="Write">The wrong turn, which ends in a call that can be run.</param>
/// <param name="Correction">What the next turn says about it.</param>
internal sealed record Detour(Func<DemonstrationState, string> Write, string Correction);
