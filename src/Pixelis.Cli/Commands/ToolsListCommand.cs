using System.CommandLine;
using System.Text.Json;
using Pixelis.Cli.CommandLine;
using Pixelis.Cli.Tools;
using Pixelis.Tools;

namespace Pixelis.Cli.Commands;

/// <summary><c>pixelis tools list</c>: what there is, by what names, with what arguments.</summary>
internal static class ToolsListCommand
{
    public static Command Create()
    {
        Option<bool> json = CommonOptions.Json();
        var command = new Command("list", "Lists the tools with their names; with --json, the schemas of their arguments") { json };
        command.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
                output.WriteLine(JsonSerializer.Serialize([.. ToolCatalogue.All.Select(ToolDocument.Of)], CliJson.Default.ToolDocumentArray));
            else
                Print(output);
            return ExitCodes.Success;
        });
        return command.WithExamples("pixelis tools list", "pixelis tools list --json | jq '.[0].parameters'");
    }

    private static void Print(TextWriter output)
    {
        foreach (ITool tool in ToolCatalogue.All)
        {
            output.WriteLine($"{tool.Definition.Name,-18} {tool.Definition.Description}");
            IEnumerable<string> others = tool.Aliases.Distinct(StringComparer.OrdinalIgnoreCase).Where(alias => !alias.Equals(tool.Definition.Name, StringComparison.OrdinalIgnoreCase));
            if (string.Join(", ", others) is { Length: > 0 } also)
                output.WriteLine($"{"",-18} also: {also}");
            output.WriteLine($"{"",-18} arguments: {string.Join(", ", Arguments(tool.Definition))}");
        }
    }

    private static IEnumerable<string> Arguments(ToolDefinition definition)
    {
        HashSet<string?> required = definition.Parameters.TryGetProperty("required", out JsonElement names) ? [.. names.EnumerateArray().Select(name => name.GetString())] : [];
        return definition.Parameters.GetProperty("properties").EnumerateObject().Select(property => required.Contains(property.Name) ? property.Name + " (required)" : property.Name);
    }
}
