namespace Pixelis.Data;

/// <summary>What a trace teaches.</summary>
public enum TraceKind
{
    /// <summary>Right actions, right answer.</summary>
    Positive,

    /// <summary>The whole way is wrong and so is the answer: a bad outcome to tell apart, never a target.</summary>
    OutcomeNegative,

    /// <summary>A mistake of looking (a box that just misses, a look-alike), seen and mended.</summary>
    TrapPerceptual,

    /// <summary>The right evidence and a wrong conclusion, seen and mended.</summary>
    TrapLogical,

    /// <summary>A wrong action, what it really returned, a thought that corrects it, the right action.</summary>
    SelfCorrection,
}
