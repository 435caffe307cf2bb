using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>A model's request to run a tool.</summary>
/// <param name="Name">The tool's name as the model wrote it.</param>
/// <param name="Arguments">The arguments as the model wrote them.</param>
public sealed record ToolCall(string Name, JsonElement Arguments);
