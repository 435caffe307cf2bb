using System.Text.Json;
using Microsoft.Extensions.AI;
using Pixelis.Tools;

namespace Pixelis.Agents.ChatClients;

/// <summary>An <see cref="AIFunction"/> as a tool. It sees its arguments only, not the episode's pictures.</summary>
internal sealed class FunctionTool(AIFunction function) : ITool
{
    public ToolDefinition Definition { get; } = new(function.Name, function.Description, function.JsonSchema);

    public async ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
            return ToolResult.Error("The arguments must be a JSON object.");
        var values = new AIFunctionArguments();
        foreach (JsonProperty property in arguments.EnumerateObject())
            values[property.Name] = property.Value;
        try
        {
            object? result = await function.InvokeAsync(values, cancellationToken);
            return Word(result);
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return ToolResult.Error(e.Message);
        }
    }

    private static ToolResult Word(object? result) => result switch
    {
        null => new ToolResult { Text = "Done." },
        ToolResult worded => worded,
        string text => new ToolResult { Text = text },
        JsonElement { ValueKind: JsonValueKind.String } json => new ToolResult { Text = json.GetString()! },
        JsonElement json => new ToolResult { Text = json.GetRawText(), Data = json },
        _ => new ToolResult { Text = JsonSerializer.Serialize(result) },
    };
}
