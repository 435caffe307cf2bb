namespace Pixelis.Online;

/// <summary>What a gate says.</summary>
/// <param name="Gate">The gate's name.</param>
/// <param name="Passed">Whether it lets learn.</param>
/// <param name="Measured">What it measured; NaN where there was nothing to measure.</param>
/// <param name="Threshold">What it was compared with; NaN where nothing could do.</param>
/// <param name="Reason">Both in words.</param>
public sealed record GateResult(string Gate, bool Passed, double Measured, double Threshold, string Reason);
