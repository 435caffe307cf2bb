namespace Pixelis.Evaluation;

/// <summary>How often a tool was called.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Calls">Calls.</param>
/// <param name="Failed">Calls that returned an error.</param>
public sealed record ToolUse(string Tool, int Calls, int Failed);
