namespace Pixelis.Diagnostics;

/// <summary>
/// The names under which Pixelis reports what it does: the activity source and meter, its spans, and its instruments. They follow
/// OpenTelemetry's semantic conventions for generative AI where those have a name; the others begin with <c>pixelis.</c>.
/// </summary>
public static class PixelisDiagnostics
{
    /// <summary>Name of the <c>ActivitySource</c> and of the <c>Meter</c>: what a tracer or meter provider subscribes to.</summary>
    public const string SourceName = "Pixelis";

    /// <summary>Provider name of models that run in this process.</summary>
    public const string ProviderName = "pixelis";

    /// <summary>Operation and span of a whole episode, from question to answer.</summary>
    public const string InvokeAgentOperation = "invoke_agent";

    /// <summary>Operation and span of one turn of the model.</summary>
    public const string ChatOperation = "chat";

    /// <summary>Operation and span of one tool call.</summary>
    public const string ExecuteToolOperation = "execute_tool";

    /// <summary>Histogram, seconds: time of an operation (<see cref="InvokeAgentOperation"/> or <see cref="ChatOperation"/>).</summary>
    public const string OperationDurationInstrument = "gen_ai.client.operation.duration";

    /// <summary>Histogram, tokens: tokens of one turn of the model, once for its input and once for its output.</summary>
    public const string TokenUsageInstrument = "gen_ai.client.token.usage";

    /// <summary>Histogram, seconds: time of one tool call. No convention names it yet.</summary>
    public const string ToolDurationInstrument = "pixelis.tool.duration";
}
