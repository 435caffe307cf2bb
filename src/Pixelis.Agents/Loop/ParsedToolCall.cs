using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>A call as read, or what kept it from being read.</summary>
internal readonly record struct ParsedToolCall(ToolCall? Call, string? Problem)
{
    public static ParsedToolCall Of(ToolCall call) => new(call, null);

    public static ParsedToolCall Malformed(string problem) => new(null, problem);
}
