namespace Pixelis.Online;

/// <summary>
/// Whether so many equal answers could be chance. If n voters guess alike among k answers, each given answer gets m votes or more with
/// probability P(Bin(n, 1/k) >= m), so some answer does with at most k times that (union bound). The gate asks for the smallest m that makes
/// this at most <see cref="Risk"/>: the fewer answers a question can have, the larger a majority it takes.
/// </summary>
/// <remarks>
/// n is <see cref="ConsensusResult.EffectiveVotes"/> and m the majority's share of it, both rounded down. Guessing is the mildest way to be
/// wrong: voters that make the same mistake are not found out by any count of them, so the ratio has a floor, too.
/// </remarks>
internal sealed class MajorityGate : IGate
{
    private readonly int _openSize;
    private readonly double _least;

    /// <summary>Makes a gate.</summary>
    /// <param name="risk">How likely a majority by guessing may be, above 0, below 0.5. Default 0.05.</param>
    /// <param name="least">The majority ratio below which nothing passes, 0 to 1. Default 0.5; 0 for none, as TTRL has it.</param>
    /// <param name="openSize">As how many answers an open question counts, at least 2. Default 100.</param>
    public MajorityGate(double risk = 0.05, double least = 0.5, int openSize = 100)
    {
        if (!(risk is > 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(risk), risk, "Above 0 and below 0.5 was expected.");
        ArgumentOutOfRangeException.ThrowIfLessThan(openSize, 2);
        Risk = risk;
        _least = Gate.Unit(least, nameof(least));
        _openSize = openSize;
    }

    /// <summary>How likely a majority by guessing may be.</summary>
    public double Risk { get; }

    /// <inheritdoc />
    public string Name => "majority";

    /// <summary>The least number of equal votes that guessing brings about with at most the risk; null when not even all of them do.</summary>
    /// <param name="votes">How many vote, at least 0.</param>
    /// <param name="answers">How many answers there are, at least 2.</param>
    public int? RequiredVotes(int votes, int answers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(votes);
        ArgumentOutOfRangeException.ThrowIfLessThan(answers, 2);
        for (int m = 1; m <= votes; m++)
        {
            if (answers * BinomialTail.AtLeast(m, votes, 1.0 / answers) <= Risk)
                return m;
        }
        return null;
    }

    /// <inheritdoc />
    public GateResult Check(GateInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        ConsensusResult vote = input.Consensus;
        int voters = Floor(vote.EffectiveVotes), equal = Floor(vote.EffectiveVotes * vote.MajorityRatio);
        int answers = vote.AnswerSpace.Size ?? _openSize;
        if (vote.Answer is null)
            return Gate.Blocked(this, 0, double.NaN, $"the vote gave no answer");
        if (RequiredVotes(voters, answers) is not { } required)
            return Gate.Blocked(this, vote.MajorityRatio, double.NaN, $"{voters} votes are too few for {vote.AnswerSpace}: guesses could all agree");
        double threshold = Math.Max(_least, (double)required / voters);
        if (equal < required)
            return Gate.Blocked(this, vote.MajorityRatio, threshold, $"{equal} of {voters} votes agree; {vote.AnswerSpace} takes {required} to rule out guessing");
        return vote.MajorityRatio >= _least
            ? Gate.Passed(this, vote.MajorityRatio, threshold, $"{equal} of {voters} votes agree; {vote.AnswerSpace} takes {required}")
            : Gate.Blocked(this, vote.MajorityRatio, threshold, $"the answer has {vote.MajorityRatio:0.###} of the votes, below {_least:0.###}");
    }

    private static int Floor(double votes) => (int)Math.Floor(votes + 1e-9);
}
