using System.Diagnostics;
using System.Text.Json;
using Pixelis.Diagnostics;
using Pixelis.Tools;

namespace Pixelis.Agents.Telemetry;

/// <summary>A tool whose calls are traced and timed.</summary>
internal sealed class TelemetryTool(ITool inner, AgentTelemetry telemetry) : DelegatingTool(inner)
{
    public override ValueTask<ToolResult> InvokeAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken = default) =>
        AgentTelemetry.ListensToTools
            ? TracedAsync(arguments, context, cancellationToken)
            : Inner.InvokeAsync(arguments, context, cancellationToken);

    private async ValueTask<ToolResult> TracedAsync(JsonElement arguments, ToolContext context, CancellationToken cancellationToken)
    {
        string name = Inner.Definition.Name;
        Activity? span = telemetry.StartTool(name);
        if (telemetry.RecordContent)
            span?.SetTag(PixelisTags.ToolCallArguments, arguments.GetRawText());
        long started = Stopwatch.GetTimestamp();
        try
        {
            ToolResult result = await Inner.InvokeAsync(arguments, context, cancellationToken);
            if (telemetry.RecordContent)
                span?.SetTag(PixelisTags.ToolCallResult, ContentJson.Result(result.Text));
            telemetry.EndTool(span, name, Stopwatch.GetElapsedTime(started), result.IsError ? "tool_error" : null);
            return result;
        }
        catch (Exception e)
        {
            telemetry.EndTool(span, name, Stopwatch.GetElapsedTime(started), e is OperationCanceledException ? "timeout" : AgentTelemetry.ErrorName(e));
            throw;
        }
    }
}
