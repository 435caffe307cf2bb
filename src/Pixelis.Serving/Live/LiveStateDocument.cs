using Pixelis.Serving.Review;

namespace Pixelis.Serving.Live;

/// <summary>Everything the live page shows, at one moment.</summary>
internal sealed record LiveStateDocument(ServerDocument Server, IReadOnlyList<AnswerDocument> Answers)
{
    /// <summary>What learning does; null where there is none.</summary>
    public OnlineDocument? Online { get; init; }

    /// <summary>What waits for a person; null where nobody is asked.</summary>
    public ReviewPageDocument? Review { get; init; }

    /// <summary>Whether feedback is taken.</summary>
    public bool TakesFeedback { get; init; }

    /// <summary>Parts that could not be read; empty when all could.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>The server itself.</summary>
internal sealed record ServerDocument(
    string Model, IReadOnlyList<string> Tools, DateTimeOffset StartedAt, int Running, int Waiting, int MaxRunning, int MaxWaiting, bool IsStopping);
