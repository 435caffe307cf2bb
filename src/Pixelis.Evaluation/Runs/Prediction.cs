namespace Pixelis.Evaluation;

/// <summary>What came of one example: the raw answer beside the judgement, so that every score can be worked out again. Immutable.</summary>
public sealed record Prediction
{
    /// <summary>The example.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of task; empty when not stated.</summary>
    public required string Family { get; init; }

    /// <summary>1 (easy) to 3 (hard); 0 when not known.</summary>
    public required int Difficulty { get; init; }

    /// <summary>What was asked.</summary>
    public required string Question { get; init; }

    /// <summary>The answer as it was found in the last turn; null when there was none.</summary>
    public required string? Answer { get; init; }

    /// <summary>The right answer.</summary>
    public required string Truth { get; init; }

    /// <summary>Whether <see cref="Answer"/> is <see cref="Truth"/> by the rules of <see cref="CanonicalAnswer"/>.</summary>
    public required bool Right { get; init; }

    /// <summary>Why the episode ended, in the words of <see cref="Trajectories.EndReason"/>.</summary>
    public required string EndReason { get; init; }

    /// <summary>All of the model's last turn.</summary>
    public string Text { get; init; } = "";

    /// <summary>Tool calls by name, in the order of the first of each.</summary>
    public IReadOnlyDictionary<string, int> Calls { get; init; } = new Dictionary<string, int>();

    /// <summary>How many of them returned an error.</summary>
    public IReadOnlyDictionary<string, int> FailedCalls { get; init; } = new Dictionary<string, int>();

    /// <summary>Turns of the model.</summary>
    public int Turns { get; init; }

    /// <summary>Tokens that the model was given; 0 when it does not report them.</summary>
    public int TokensRead { get; init; }

    /// <summary>Tokens that the model wrote; 0 when it does not report them.</summary>
    public int TokensWritten { get; init; }

    /// <summary>Wall-clock time of the episode, others running beside it.</summary>
    public double Seconds { get; init; }

    /// <summary>First 16 characters of the content hash of each of the question's media (of a clip: of its first frame).</summary>
    public IReadOnlyList<string> Media { get; init; } = [];

    /// <summary>What went wrong, where the episode failed.</summary>
    public string? Error { get; init; }
}
