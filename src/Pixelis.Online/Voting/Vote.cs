namespace Pixelis.Online;

/// <summary>A ballot that was counted.</summary>
public sealed record Vote
{
    /// <summary>What was given.</summary>
    public required Ballot Ballot { get; init; }

    /// <summary>The form its answer was counted under (<see cref="VotingForm"/>); empty for none, which is for no answer and against all.</summary>
    public required string Form { get; init; }

    /// <summary>What it counts, at least 0. Its unit is the rule's.</summary>
    public required double Weight { get; init; }

    /// <summary>The product of <see cref="Terms"/>, 0 to 1: how much it is to be relied on, whatever the rule.</summary>
    public required double Reliability { get; init; }

    /// <summary>What its reliability is made of.</summary>
    public required IReadOnlyList<VoteTerm> Terms { get; init; }

    /// <summary>Why it counts what it counts, for people.</summary>
    public required string Reason { get; init; }
}
