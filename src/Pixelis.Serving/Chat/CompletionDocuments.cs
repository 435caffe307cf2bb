using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pixelis.Serving.Chat;

/// <summary>An answer as a whole (<c>chat.completion</c>), or a piece of one (<c>chat.completion.chunk</c>).</summary>
internal sealed record CompletionDocument(string Id, string Object, long Created, string Model, IReadOnlyList<ChoiceDocument> Choices)
{
    public UsageDocument? Usage { get; init; }
}

/// <summary>One of the answers, or a piece of it.</summary>
internal sealed record ChoiceDocument(int Index)
{
    public MessageDocument? Message { get; init; }

    public MessageDocument? Delta { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? FinishReason { get; init; }

    /// <summary>What OpenAI's format has no word for.</summary>
    public EpisodeDocument? Pixelis { get; init; }
}

/// <summary>What is said.</summary>
internal sealed record MessageDocument(string? Role, string? Content)
{
    /// <summary>What the model wrote on the way, as vLLM names it.</summary>
    public string? ReasoningContent { get; init; }
}

/// <summary>What it cost, summed over the model's turns: each reads the conversation so far.</summary>
internal sealed record UsageDocument(long PromptTokens, long CompletionTokens, long TotalTokens);

/// <summary>The episode behind an answer, or what happens in it.</summary>
internal sealed record EpisodeDocument(string TraceId)
{
    public string? EndReason { get; init; }

    public string? PolicyVersion { get; init; }

    public double? Seconds { get; init; }

    /// <summary>The answer by itself; in a stream what was written may wrap it.</summary>
    public string? Answer { get; init; }

    public IReadOnlyList<ToolCallDocument>? ToolCalls { get; init; }

    public ToolCallDocument? ToolCall { get; init; }

    public ObservationDocument? Observation { get; init; }
}

/// <summary>A call that the agent ran.</summary>
internal sealed record ToolCallDocument(string Name, JsonElement Arguments, bool? IsError = null);

/// <summary>What a tool returned.</summary>
internal sealed record ObservationDocument(string Name, string Text, bool IsError, int Pictures);
