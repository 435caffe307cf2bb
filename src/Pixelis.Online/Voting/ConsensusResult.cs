namespace Pixelis.Online;

/// <summary>What a vote came to: an answer that is held to be right, never the truth. Immutable, and the same for any order of the ballots.</summary>
public sealed record ConsensusResult
{
    /// <summary>The rule that counted.</summary>
    public required string Rule { get; init; }

    /// <summary>What won, as its weightiest voters spell it, own episodes before neighbours; null when no vote was for an answer.</summary>
    public string? Answer => Tallies.Count > 0 ? Tallies[0].Answer : null;

    /// <summary>The form it was counted under; null when there is none.</summary>
    public string? Form => Tallies.Count > 0 ? Tallies[0].Form : null;

    /// <summary>How sure it is, 0 to 1; 0 without an answer.</summary>
    public double Confidence => Tallies.Count > 0 ? Tallies[0].Confidence : 0;

    /// <summary>The answer's share of the weight of all votes, 0 to 1: under majority its share of the votes.</summary>
    public double MajorityRatio => Tallies.Count > 0 ? Tallies[0].Share : 0;

    /// <summary>How many different answers got a vote.</summary>
    public int DistinctAnswers => Tallies.Count;

    /// <summary>How many answers the question can have.</summary>
    public required AnswerSpace AnswerSpace { get; init; }

    /// <summary>Answers that got votes, the one that won first, then by weight.</summary>
    public required IReadOnlyList<AnswerTally> Tallies { get; init; }

    /// <summary>Every vote with its reason, own episodes first, then by number.</summary>
    public required IReadOnlyList<Vote> Votes { get; init; }

    /// <summary>Whether there are own episodes, and all of them gave one answer, whether it won or not.</summary>
    public bool OwnAnswersAgree { get; init; }

    /// <summary>Share of the own episodes that gave the answer that won, 0 to 1; 0 without own episodes.</summary>
    public double OwnSupport { get; init; }

    /// <summary>
    /// How many votes of equal weight say as much as these: (sum of weights)² / sum of their squares (Kish 1965). At most the number of
    /// votes, and that number where all weigh the same.
    /// </summary>
    public double EffectiveVotes { get; init; }

    /// <summary>The neighbours that had a vote, and whether it was for the answer that won: for <see cref="IExperienceBuffer.RecordUseAsync"/>.</summary>
    public IReadOnlyList<(long Id, bool WasRight)> NeighborUses =>
        [.. Votes.Where(v => v.Ballot.Source == VoteSource.Neighbor && v.Weight > 0).Select(v => (v.Ballot.Number, v.Form == Form))];

    /// <summary>The rules that answers were made comparable by.</summary>
    public string FormVersion { get; init; } = VotingForm.Version;
}
