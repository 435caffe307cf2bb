using System.Text.Json;

namespace Pixelis.Tools;

/// <summary>What a model is told about a tool.</summary>
/// <param name="Name">The name the model calls it by.</param>
/// <param name="Description">One or two sentences for the model.</param>
/// <param name="Parameters">JSON Schema of the arguments (an object schema).</param>
public sealed record ToolDefinition(string Name, string Description, JsonElement Parameters);
