namespace Pixelis.Rewards;

/// <summary>Two tools, one called after the other.</summary>
/// <param name="First">The tool called first, by any of its names.</param>
/// <param name="Second">The tool called later.</param>
public readonly record struct ToolPair(string First, string Second)
{
    internal ToolPair Canonical => new(ToolNames.Of(First), ToolNames.Of(Second));
}
