using System.Text.Json;

namespace Pixelis.Cli.Asking;

/// <summary>An answer as <c>ask --json</c> prints it.</summary>
internal sealed record AnswerDocument
{
    /// <summary>The model's folder, or its name on the server.</summary>
    public required string Model { get; init; }

    public required string Question { get; init; }

    /// <summary>The answer; what the model wrote last when a limit ended the episode.</summary>
    public required string Answer { get; init; }

    /// <summary>Why the episode ended: <c>Answered</c>, <c>TokenLimit</c>, <c>TurnLimit</c> and so on.</summary>
    public required string EndReason { get; init; }

    /// <summary>Why the model's last turn stopped.</summary>
    public required string FinishReason { get; init; }

    /// <summary>Turns of the model.</summary>
    public required int Turns { get; init; }

    public required IReadOnlyList<CallDocument> ToolCalls { get; init; }

    /// <summary>Tokens the model read, tool results included; absent for a server.</summary>
    public int? PromptTokens { get; init; }

    /// <summary>Tokens it wrote; absent for a server.</summary>
    public int? NewTokens { get; init; }

    /// <summary>Time to load the model.</summary>
    public required double LoadSeconds { get; init; }

    /// <summary>From the question to the first token: image processing and prefill.</summary>
    public required double FirstTokenSeconds { get; init; }

    /// <summary>From the question to the end.</summary>
    public required double Seconds { get; init; }

    /// <summary>Speed after the first token, waiting for tools included; absent for a server and where there was only one token.</summary>
    public double? TokensPerSecond { get; init; }
}

/// <summary>A tool call as <c>ask --json</c> prints it.</summary>
/// <param name="Tool">Its name as the model wrote it; empty when the call could not be read.</param>
/// <param name="Arguments">As the model wrote them.</param>
/// <param name="Result">The text the model was told.</param>
/// <param name="Failed">Whether the call failed.</param>
/// <param name="Images">Numbers of the pictures it added.</param>
/// <param name="Seconds">Time the tool took.</param>
internal sealed record CallDocument(string Tool, JsonElement Arguments, string Result, bool Failed, IReadOnlyList<int> Images, double Seconds);
