namespace Pixelis.Online;

/// <summary>An answer that goes to a vote, and what is known of who gives it. Immutable.</summary>
public sealed record Ballot
{
    private readonly double _confidence = 1;
    private readonly double _similarity = 1;

    /// <summary>Whose it is.</summary>
    public required VoteSource Source { get; init; }

    /// <summary>Index of the own episode, from 0; or the neighbour's <see cref="Experience.Id"/>.</summary>
    public required long Number { get; init; }

    /// <summary>The answer as written; null or blank for none.</summary>
    public string? Answer { get; init; }

    /// <summary>How sure the answer is, 0 to 1. Default 1.</summary>
    public double Confidence
    {
        get => _confidence;
        init => _confidence = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A confidence from 0 to 1 was expected.");
    }

    /// <summary>Cosine to the request, -1 to 1; 1 for an own episode. Rounding beyond is cut off.</summary>
    public double Similarity
    {
        get => _similarity;
        init => _similarity = double.IsNaN(value)
            ? throw new ArgumentOutOfRangeException(nameof(value), value, "A cosine was expected.")
            : Math.Clamp(value, -1, 1);
    }

    /// <summary>How old the answer is; zero for an own episode. Negative ages (clocks differ) count as zero.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>How often it voted before, at least 0.</summary>
    public long Uses { get; init; }

    /// <summary>How often it was right then, 0 to <see cref="Uses"/>.</summary>
    public long Successes { get; init; }

    /// <summary>Who said that its answer is right.</summary>
    public LabelSource LabelSource { get; init; }

    /// <summary>The ballot of an own episode.</summary>
    /// <param name="episode">Its index, from 0.</param>
    /// <param name="answer">What it answered; null for nothing.</param>
    /// <param name="confidence">How sure it was, 0 to 1.</param>
    public static Ballot Own(int episode, string? answer, double confidence = 1) =>
        new() { Source = VoteSource.Own, Number = episode, Answer = answer, Confidence = confidence };

    /// <summary>
    /// The ballot of a neighbour: its label; where nobody knows what is right, its own answer; and where a person rejected it without
    /// saying what is right, none.
    /// </summary>
    /// <param name="neighbor">The neighbour.</param>
    /// <param name="now">The time that ages are counted to.</param>
    public static Ballot Of(Neighbor neighbor, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(neighbor);
        Experience experience = neighbor.Experience;
        return new Ballot
        {
            Source = VoteSource.Neighbor,
            Number = experience.Id,
            Answer = experience.LabelSource == LabelSource.None ? experience.Answer : experience.Label,
            Confidence = experience.Confidence,
            Similarity = neighbor.Similarity,
            Age = now - experience.CreatedAt,
            Uses = experience.Uses,
            Successes = experience.Successes,
            LabelSource = experience.LabelSource,
        };
    }
}
