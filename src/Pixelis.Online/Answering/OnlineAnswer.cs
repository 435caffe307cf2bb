using Pixelis.Online.State;
using Pixelis.Trajectories;

namespace Pixelis.Online;

/// <summary>An answer, how it came about, and what became of it. Immutable.</summary>
public sealed record OnlineAnswer
{
    /// <summary>The request's name: the id of <see cref="Trajectory"/>, and <see cref="Experience.RequestId"/> of what is remembered.</summary>
    public required string TraceId { get; init; }

    /// <summary>The answer: what won the vote; what the model wrote last when nothing did. May be empty.</summary>
    public required string Text { get; init; }

    /// <summary>The episode behind it: the first of those that gave what won, or the first one when only memory gave it.</summary>
    public required Trajectory Trajectory { get; init; }

    /// <summary>All episodes, that one first, as they were recorded: tokens, masks, log-probabilities, pictures.</summary>
    public required IReadOnlyList<Trajectory> Episodes { get; init; }

    /// <summary>Every vote with its reason.</summary>
    public required ConsensusResult Consensus { get; init; }

    /// <summary>What the gates said about learning from it.</summary>
    public required GateReport Gates { get; init; }

    /// <summary>The version that answered.</summary>
    public required string PolicyVersion { get; init; }

    /// <summary>Whether there were too few experiences for neighbours to vote and for anything to be learnt.</summary>
    public bool IsColdStart { get; init; }

    /// <summary>What it is used for.</summary>
    public AnswerUse Use { get; init; }

    /// <summary>The number it is remembered under; null when it is not.</summary>
    public long? Experience { get; init; }

    /// <summary>Parts of the memory that failed meanwhile (<see cref="OnlineFaults"/>): the answer was given all the same. Empty when all was well.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];
}
