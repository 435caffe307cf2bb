namespace Pixelis.Online;

/// <summary>
/// Whether an answered request may be learnt from. Implementations are pure functions of the input, and thread-safe: what changes with time
/// (rate, drift) is measured before and handed in.
/// </summary>
internal interface IGate
{
    /// <summary>A short name in lower case.</summary>
    string Name { get; }

    /// <summary>Looks at one request.</summary>
    GateResult Check(GateInput input);
}
