using System.Text.Json;
using Pixelis.Tools;

namespace Pixelis.Cli.Tools;

/// <summary>A tool as <c>tools list --json</c> prints it.</summary>
/// <param name="Name">The name a model calls it by.</param>
/// <param name="Aliases">Other names it answers to.</param>
/// <param name="Description">What a model is told.</param>
/// <param name="Parameters">JSON Schema of the arguments.</param>
internal sealed record ToolDocument(string Name, IReadOnlyList<string> Aliases, string Description, JsonElement Parameters)
{
    public static ToolDocument Of(ITool tool) => new(tool.Definition.Name, tool.Aliases, tool.Definition.Description, tool.Definition.Parameters);
}
