using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Pixelis.Tools;

namespace Pixelis.Agents.Loop;

/// <summary>Runs tool calls under a time and pixel budget. Whatever a tool does, the outcome is a result the model can read.</summary>
internal sealed class ToolDispatcher(ToolRegistry tools, AgentLimits limits, ILogger logger)
{
    /// <summary>A call's result and the time it took.</summary>
    public readonly record struct Outcome(ToolCall Call, ToolResult Result, TimeSpan Duration);

    /// <summary>
    /// Runs the calls of one turn, independent ones at the same time, and returns the outcomes in the order of the calls.
    /// Only cancellation of <paramref name="cancellationToken"/> throws.
    /// </summary>
    public async Task<IReadOnlyList<Outcome>> RunAsync(IReadOnlyList<ParsedToolCall> calls, ToolContext context, CancellationToken cancellationToken)
    {
        var outcomes = new Outcome[calls.Count];
        var running = new List<Task>();
        for (int i = 0; i < calls.Count; i++)
        {
            int index = i;
            if (calls[i].Call is { } call && tools.Find(call.Name) is { IsIndependent: false })
            {
                await Task.WhenAll(running);
                running.Clear();
                outcomes[index] = await RunOneAsync(calls[index], context, cancellationToken);
            }
            else if (calls.Count == 1)
                outcomes[index] = await RunOneAsync(calls[index], context, cancellationToken);
            else
                running.Add(Task.Run(async () => outcomes[index] = await RunOneAsync(calls[index], context, cancellationToken), cancellationToken));
        }
        await Task.WhenAll(running);
        return outcomes;
    }

    private async Task<Outcome> RunOneAsync(ParsedToolCall parsed, ToolContext context, CancellationToken cancellationToken)
    {
        if (parsed.Call is not { } call)
            return new Outcome(Unreadable, ToolResult.Error(parsed.Problem!), TimeSpan.Zero);
        if (tools.Find(call.Name) is not { } tool)
            return new Outcome(call, ToolResult.Error(tools.Unknown(call.Name)), TimeSpan.Zero);
        long started = Stopwatch.GetTimestamp();
        ToolResult result = await InvokeAsync(tool, call, context, cancellationToken);
        return new Outcome(call, Bound(result), Stopwatch.GetElapsedTime(started));
    }

    private async Task<ToolResult> InvokeAsync(ITool tool, ToolCall call, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            ITool bounded = tool.WithBudget(new ToolBudget { Time = limits.ToolTimeout, Pixels = limits.MaxToolPixels });
            return await bounded.InvokeAsync(call.Arguments, context, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ToolResult.Error($"{tool.Definition.Name} gave up by itself.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Telemetry.AgentLog.ToolFailed(logger, tool.Definition.Name, e.GetType().FullName, e.StackTrace);
            return ToolResult.Error(e is PixelisException ? e.Message : $"{tool.Definition.Name} failed: {e.Message}");
        }
    }

    private ToolResult Bound(ToolResult result)
    {
        if (!IsWhole(result))
            return ToolResult.Error("The tool returned nothing that can be read.");
        string text = WellFormedText.Of(result.Text);
        if (text.Length > limits.MaxObservationLength)
            text = WellFormedText.Start(text, limits.MaxObservationLength) + $"... (cut off; {text.Length} characters in all)";
        return result with { Text = text, Data = Recordable(result.Data) };
    }

    // What the record cannot hold is left out of it: an element of a document that is gone, or one nested beyond what readers accept.
    private static JsonElement? Recordable(JsonElement? data)
    {
        if (data is not { } element)
            return null;
        try
        {
            using var writer = new Utf8JsonWriter(Stream.Null, new JsonWriterOptions { MaxDepth = MaxDataDepth });
            element.WriteTo(writer);
            return element.Clone();
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            return null;
        }
    }

    private static bool IsWhole(ToolResult? result) =>
        result is { Text: not null, Images: not null, Annotations: not null } && result.Images.All(i => i?.Image is not null) && result.Annotations.All(a => a is not null);

    // Deeper than any tool of ours, and well inside the depth at which trajectories are read.
    private const int MaxDataDepth = 40;

    private static readonly ToolCall Unreadable = new("", JsonElement.Parse("{}"));
}
