namespace Pixelis.Online;

/// <summary>What was forgotten.</summary>
/// <param name="Experiences">Numbers of the experiences that are gone.</param>
/// <param name="Versions">Published versions that learnt from one of them, and still hold what they learnt.</param>
public sealed record Erasure(IReadOnlyList<long> Experiences, IReadOnlyList<string> Versions);
