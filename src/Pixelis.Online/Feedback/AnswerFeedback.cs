namespace Pixelis.Online;

/// <summary>What somebody who got an answer says about it.</summary>
public sealed record AnswerFeedback
{
    /// <summary>The trace the answer was served under: the id of its trajectory.</summary>
    public required string TraceId { get; init; }

    /// <summary>Whether the answer is right.</summary>
    public required bool IsCorrect { get; init; }

    /// <summary>What is right instead; null when it was not said, and for a right answer. Text of a user: not redacted yet.</summary>
    public string? Correction { get; init; }
}
