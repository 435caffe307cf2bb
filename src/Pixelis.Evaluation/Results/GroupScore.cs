namespace Pixelis.Evaluation;

/// <summary>The score of a group of examples.</summary>
public sealed record GroupScore
{
    /// <summary>The group: <c>all</c>, a family, <c>difficulty 1</c>, or a family with a difficulty such as <c>spot 1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Examples.</summary>
    public required int Count { get; init; }

    /// <summary>Right answers.</summary>
    public required int Right { get; init; }

    /// <summary>Share of right answers, 0 to 1.</summary>
    public required double Accuracy { get; init; }

    /// <summary>95 % bootstrap interval of the accuracy.</summary>
    public required Interval Interval { get; init; }

    /// <summary>Share of examples in which a tool was called, 0 to 1.</summary>
    public required double ToolRate { get; init; }

    /// <summary>Mean number of tool calls.</summary>
    public required double Calls { get; init; }

    /// <summary>Share of the calls that returned an error, 0 to 1; 0 without calls.</summary>
    public required double FailedCalls { get; init; }

    /// <summary>Share of episodes that ended with an answer, 0 to 1.</summary>
    public required double Answered { get; init; }

    /// <summary>Mean number of turns.</summary>
    public required double Turns { get; init; }

    /// <summary>Mean number of tokens the model was given.</summary>
    public required double TokensRead { get; init; }

    /// <summary>Mean number of tokens the model wrote.</summary>
    public required double TokensWritten { get; init; }

    /// <summary>Mean wall-clock time of an episode, others running beside it.</summary>
    public required double Seconds { get; init; }

    internal static GroupScore Of(string name, IReadOnlyList<Prediction> predictions, ulong seed)
    {
        double[] right = [.. predictions.Select(p => p.Right ? 1.0 : 0)];
        int calls = predictions.Sum(CallsOf), failed = predictions.Sum(p => p.FailedCalls.Values.Sum());
        return new GroupScore
        {
            Name = name,
            Count = predictions.Count,
            Right = predictions.Count(p => p.Right),
            Accuracy = right.Average(),
            Interval = Bootstrap.OfMean(right, seed),
            ToolRate = predictions.Average(p => CallsOf(p) > 0 ? 1.0 : 0),
            Calls = calls / (double)predictions.Count,
            FailedCalls = calls == 0 ? 0 : failed / (double)calls,
            Answered = predictions.Average(p => p.EndReason == nameof(Trajectories.EndReason.Answered) ? 1.0 : 0),
            Turns = predictions.Average(p => p.Turns),
            TokensRead = predictions.Average(p => p.TokensRead),
            TokensWritten = predictions.Average(p => p.TokensWritten),
            Seconds = predictions.Average(p => p.Seconds),
        };
    }

    private static int CallsOf(Prediction prediction) => prediction.Calls.Values.Sum();
}
