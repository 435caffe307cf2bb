namespace Pixelis.Online.Updates;

/// <summary>An experience that a version learnt from.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Experience">The experience; null when it is gone (erased, or evicted), or nobody could look.</param>
public sealed record LearntExperience(long Id, Experience? Experience);
