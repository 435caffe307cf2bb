namespace Pixelis.Data;

/// <summary>How often traces of each kind are drawn beside positive ones.</summary>
public static class TraceWeights
{
    /// <summary>Traps 1.5, self-corrections 1.2, all others 1.</summary>
    public static double Of(TraceKind kind) => kind switch
    {
        TraceKind.TrapPerceptual or TraceKind.TrapLogical => 1.5,
        TraceKind.SelfCorrection => 1.2,
        _ => 1,
    };
}
