using Pixelis.Generation;

namespace Pixelis.Serving.Chat;

/// <summary>A chat completion request that was read and found to be in order; its pictures are not decoded yet.</summary>
internal sealed record ChatCall
{
    public required GenerationOptions Generation { get; init; }

    /// <summary>Standing instructions; null for the agent's own.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>All turns but the instructions; the last one or more, the user's, are the question.</summary>
    public required IReadOnlyList<MessageDraft> Messages { get; init; }

    /// <summary>How many answers are wanted, at least 1.</summary>
    public int Choices { get; init; } = 1;

    public bool IsStream { get; init; }

    /// <summary>Who asks, as the client names them; null when it does not.</summary>
    public string? User { get; init; }

    /// <summary>Whether a stream ends with the tokens it cost.</summary>
    public bool IncludesUsage { get; init; }
}
