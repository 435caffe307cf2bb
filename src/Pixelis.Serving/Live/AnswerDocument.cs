namespace Pixelis.Serving.Live;

/// <summary>An answer, as the live page shows it; texts are cut.</summary>
/// <param name="TraceId">The id of its trajectory.</param>
/// <param name="StartedAt">When its episode began.</param>
/// <param name="Status"><c>running</c>, <c>refused</c>, or why the episode ended, in snake case.</param>
/// <param name="Question">What was asked.</param>
/// <param name="Pictures">How many pictures were shown.</param>
/// <param name="Seconds">How long it took, or takes so far.</param>
internal sealed record AnswerDocument(string TraceId, DateTimeOffset StartedAt, string Status, string Question, int Pictures, double Seconds)
{
    public string? Answer { get; init; }

    public string? PolicyVersion { get; init; }

    /// <summary>Tokens the model wrote.</summary>
    public int Tokens { get; init; }

    /// <summary>Names of the tools that were called, in order.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>What was said about it: <c>correct</c>, <c>incorrect</c> or <c>corrected</c>; null for nothing.</summary>
    public string? Feedback { get; init; }
}
