namespace Pixelis.Diagnostics;

/// <summary>The names of the attributes on Pixelis's spans and measurements.</summary>
public static class PixelisTags
{
    /// <summary>What is done: one of the operations of <see cref="PixelisDiagnostics"/>.</summary>
    public const string OperationName = "gen_ai.operation.name";

    /// <summary>Who runs the model.</summary>
    public const string ProviderName = "gen_ai.provider.name";

    /// <summary>The model's name.</summary>
    public const string RequestModel = "gen_ai.request.model";

    /// <summary>The agent's name, when it has one.</summary>
    public const string AgentName = "gen_ai.agent.name";

    /// <summary>The trajectory's id: what ties a span to the record of the episode.</summary>
    public const string ConversationId = "gen_ai.conversation.id";

    /// <summary>Most tokens the turn might add.</summary>
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";

    /// <summary>Sampling temperature.</summary>
    public const string RequestTemperature = "gen_ai.request.temperature";

    /// <summary>Nucleus of sampling.</summary>
    public const string RequestTopP = "gen_ai.request.top_p";

    /// <summary>Seed of the draws.</summary>
    public const string RequestSeed = "gen_ai.request.seed";

    /// <summary>Why the model stopped: a list of one.</summary>
    public const string FinishReasons = "gen_ai.response.finish_reasons";

    /// <summary>Tokens the model read: the whole conversation so far, cached or not.</summary>
    public const string InputTokens = "gen_ai.usage.input_tokens";

    /// <summary>Tokens the model wrote.</summary>
    public const string OutputTokens = "gen_ai.usage.output_tokens";

    /// <summary><c>input</c> or <c>output</c>, on the token histogram.</summary>
    public const string TokenType = "gen_ai.token.type";

    /// <summary>The tool's own name, never what the model wrote.</summary>
    public const string ToolName = "gen_ai.tool.name";

    /// <summary>Kind of tool; always <c>function</c>.</summary>
    public const string ToolType = "gen_ai.tool.type";

    /// <summary>
    /// What kind of failure: the full name of an exception type, <c>timeout</c>, <c>tool_error</c> for a call the tool answered with an
    /// error, or an end reason. Never a message.
    /// </summary>
    public const string ErrorType = "error.type";

    /// <summary>Why the episode ended, in snake case.</summary>
    public const string EndReason = "pixelis.end_reason";

    /// <summary>Turns of the model.</summary>
    public const string Turns = "pixelis.turns";

    /// <summary>Tool calls.</summary>
    public const string ToolCalls = "pixelis.tool_calls";

    /// <summary>Pictures and videos of the episode, those of tools included.</summary>
    public const string Images = "pixelis.images";

    /// <summary>What was asked, as JSON. Only when content is recorded.</summary>
    public const string InputMessages = "gen_ai.input.messages";

    /// <summary>What the model wrote, as JSON. Only when content is recorded.</summary>
    public const string OutputMessages = "gen_ai.output.messages";

    /// <summary>Standing instructions, as JSON. Only when content is recorded.</summary>
    public const string SystemInstructions = "gen_ai.system_instructions";

    /// <summary>Arguments of a tool call, as JSON. Only when content is recorded.</summary>
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";

    /// <summary>What a tool returned, as JSON. Only when content is recorded.</summary>
    public const string ToolCallResult = "gen_ai.tool.call.result";
}
