using System.Diagnostics;
using System.Diagnostics.Metrics;
using Pixelis.Diagnostics;
using Pixelis.Generation;
using Pixelis.Tools;
using Pixelis.Trajectories;

namespace Pixelis.Agents.Telemetry;

/// <summary>
/// The spans and measurements of one agent. One source and one meter serve the process, so that a provider subscribes once. When nobody
/// listens, nothing is made.
/// </summary>
internal sealed class AgentTelemetry(string? agentName, string provider, string model, bool recordContent)
{
    private static readonly ActivitySource Source = new(PixelisDiagnostics.SourceName, Version);
    private static readonly Meter Meter = new(PixelisDiagnostics.SourceName, Version);

    private static readonly Histogram<double> OperationDuration = Meter.CreateHistogram(
        PixelisDiagnostics.OperationDurationInstrument, "s", "Time of an operation.", tags: null, Buckets(0.01, 2, 14));

    private static readonly Histogram<long> TokenUsage = Meter.CreateHistogram(
        PixelisDiagnostics.TokenUsageInstrument, "{token}", "Tokens of one turn.", tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [.. Enumerable.Range(0, 14).Select(i => 1L << (2 * i))] });

    private static readonly Histogram<double> ToolDuration = Meter.CreateHistogram(
        PixelisDiagnostics.ToolDurationInstrument, "s", "Time of a tool call.", tags: null, Buckets(0.001, 2, 17));

    private static string? Version => typeof(AgentTelemetry).Assembly.GetName().Version?.ToString(3);

    public string? AgentName => agentName;

    /// <summary>Whether spans carry what was asked and written.</summary>
    public bool RecordContent => recordContent;

    /// <summary>Whether anybody listens to turns of the model.</summary>
    public static bool ListensToTurns => Source.HasListeners() || OperationDuration.Enabled || TokenUsage.Enabled;

    /// <summary>Whether anybody listens to tool calls.</summary>
    public static bool ListensToTools => Source.HasListeners() || ToolDuration.Enabled;

    /// <summary>A span of an episode, or null when nobody listens.</summary>
    public Activity? StartEpisode(AgentRequest request)
    {
        Activity? span = Start(PixelisDiagnostics.InvokeAgentOperation, agentName, ActivityKind.Internal);
        if (span is null)
            return null;
        Describe(span, request.Generation!);
        if (recordContent)
        {
            span.SetTag(PixelisTags.InputMessages, ContentJson.Messages(Role.User, request.Question, request.Media));
            if (request.SystemPrompt is { } instructions)
                span.SetTag(PixelisTags.SystemInstructions, ContentJson.Parts(instructions));
        }
        return span;
    }

    /// <summary>Ends an episode's span with what came of it, and measures it.</summary>
    public void EndEpisode(Activity? span, AgentAnswer answer, TimeSpan elapsed)
    {
        string? error = answer.EndReason == EndReason.Answered ? null : EndReasonNames.Of(answer.EndReason);
        RecordOperation(PixelisDiagnostics.InvokeAgentOperation, elapsed, error);
        if (span is null)
            return;
        Trajectory trajectory = answer.Trajectory;
        span.SetTag(PixelisTags.ConversationId, trajectory.Id);
        span.SetTag(PixelisTags.EndReason, EndReasonNames.Of(answer.EndReason));
        span.SetTag(PixelisTags.Turns, EpisodeUsage.Turns(trajectory).Count());
        span.SetTag(PixelisTags.ToolCalls, trajectory.Turns.Sum(t => t.Invocations.Count));
        span.SetTag(PixelisTags.Images, trajectory.Inputs.Count);
        if (EpisodeUsage.Of(trajectory) is { } usage)
        {
            span.SetTag(PixelisTags.InputTokens, usage.InputTokenCount);
            span.SetTag(PixelisTags.OutputTokens, usage.OutputTokenCount);
        }
        if (recordContent)
            span.SetTag(PixelisTags.OutputMessages, ContentJson.Messages(Role.Assistant, answer.Text, []));
        Finish(span, error);
    }

    /// <summary>Ends an episode's span that ended with an exception.</summary>
    public void FailEpisode(Activity? span, Exception e, TimeSpan elapsed)
    {
        RecordOperation(PixelisDiagnostics.InvokeAgentOperation, elapsed, ErrorName(e));
        Finish(span, ErrorName(e));
    }

    /// <summary>A span of one turn of the model, or null when nobody listens.</summary>
    public Activity? StartTurn(GenerationOptions options)
    {
        Activity? span = Start(PixelisDiagnostics.ChatOperation, model, ActivityKind.Client);
        if (span is not null)
            Describe(span, options);
        return span;
    }

    /// <summary>Ends a turn's span, and measures it.</summary>
    /// <param name="span">The span; null when nobody listens to spans.</param>
    /// <param name="turn">The finished turn; null when it was broken off.</param>
    /// <param name="input">Tokens the model read; null when it does not say.</param>
    /// <param name="output">Tokens the model wrote; null when it does not say.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="error">What kind of failure broke it off; null for none.</param>
    public void EndTurn(Activity? span, GeneratedTurn? turn, long? input, long? output, TimeSpan elapsed, string? error)
    {
        RecordOperation(PixelisDiagnostics.ChatOperation, elapsed, error);
        RecordTokens(input, "input");
        RecordTokens(output, "output");
        if (span is null)
            return;
        span.SetTag(PixelisTags.InputTokens, input);
        span.SetTag(PixelisTags.OutputTokens, output);
        if (turn is not null)
            span.SetTag(PixelisTags.FinishReasons, new[] { turn.FinishReason == FinishReason.Length ? "length" : "stop" });
        if (recordContent && turn is not null)
            span.SetTag(PixelisTags.OutputMessages, ContentJson.Messages(Role.Assistant, turn.Text, []));
        Finish(span, error);
    }

    /// <summary>A span of one tool call, or null when nobody listens.</summary>
    public Activity? StartTool(string tool)
    {
        Activity? span = Start(PixelisDiagnostics.ExecuteToolOperation, tool, ActivityKind.Internal);
        span?.SetTag(PixelisTags.ToolName, tool).SetTag(PixelisTags.ToolType, "function");
        return span;
    }

    /// <summary>Ends a tool call's span, and measures it.</summary>
    public void EndTool(Activity? span, string tool, TimeSpan elapsed, string? error)
    {
        if (ToolDuration.Enabled)
        {
            var tags = new TagList { { PixelisTags.ToolName, tool } };
            if (error is not null)
                tags.Add(PixelisTags.ErrorType, error);
            ToolDuration.Record(elapsed.TotalSeconds, tags);
        }
        Finish(span, error);
    }

    /// <summary>What to call a failure: the type, never the message, which may quote a prompt.</summary>
    public static string ErrorName(Exception e) => e is OperationCanceledException ? "cancelled" : e.GetType().FullName ?? e.GetType().Name;

    private Activity? Start(string operation, string? subject, ActivityKind kind)
    {
        if (!Source.HasListeners())
            return null;
        Activity? span = Source.StartActivity(subject is null ? operation : $"{operation} {subject}", kind);
        if (span is null)
            return null;
        span.SetTag(PixelisTags.OperationName, operation);
        span.SetTag(PixelisTags.ProviderName, provider);
        span.SetTag(PixelisTags.RequestModel, model);
        if (agentName is not null)
            span.SetTag(PixelisTags.AgentName, agentName);
        return span;
    }

    private static void Describe(Activity span, GenerationOptions options)
    {
        span.SetTag(PixelisTags.RequestMaxTokens, options.MaxNewTokens);
        span.SetTag(PixelisTags.RequestTemperature, options.Temperature);
        span.SetTag(PixelisTags.RequestTopP, options.TopP);
        if (options.Seed is { } seed)
            span.SetTag(PixelisTags.RequestSeed, unchecked((long)seed));
    }

    private static void Finish(Activity? span, string? error)
    {
        if (span is null)
            return;
        if (error is not null)
        {
            span.SetTag(PixelisTags.ErrorType, error);
            span.SetStatus(ActivityStatusCode.Error);
        }
        span.Dispose();
    }

    private void RecordOperation(string operation, TimeSpan elapsed, string? error)
    {
        if (!OperationDuration.Enabled)
            return;
        TagList tags = Tags(operation);
        if (error is not null)
            tags.Add(PixelisTags.ErrorType, error);
        OperationDuration.Record(elapsed.TotalSeconds, tags);
    }

    private void RecordTokens(long? count, string kind)
    {
        if (count is not { } tokens || !TokenUsage.Enabled)
            return;
        TagList tags = Tags(PixelisDiagnostics.ChatOperation);
        tags.Add(PixelisTags.TokenType, kind);
        TokenUsage.Record(tokens, tags);
    }

    private TagList Tags(string operation) => new()
    {
        { PixelisTags.OperationName, operation },
        { PixelisTags.ProviderName, provider },
        { PixelisTags.RequestModel, model },
    };

    // The bounds that the conventions advise: each the first one times a power of the factor.
    private static InstrumentAdvice<double> Buckets(double first, double factor, int count) =>
        new() { HistogramBucketBoundaries = [.. Enumerable.Range(0, count).Select(i => Math.Round(first * Math.Pow(factor, i), 6))] };
}
