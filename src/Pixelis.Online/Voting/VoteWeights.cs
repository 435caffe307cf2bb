namespace Pixelis.Online;

/// <summary>What a vote's weight is made of. Every term is a factor from 0 to 1.</summary>
public sealed record VoteWeights
{
    /// <summary>
    /// Cosine up to which a neighbour has no vote, -1 to below 1; from there its term grows in a straight line to 1 at cosine 1. What is
    /// "near" depends on what embeds. Default 0.5.
    /// </summary>
    public double SimilarityFloor { get; init; } = 0.5;

    /// <summary>Time in which a neighbour's vote loses half of its weight, above zero; a label by a person does not age. Default 30 days.</summary>
    public TimeSpan AgeHalfLife { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The success term of a neighbour that was never right in countless votes, 0 to 1. Default 0.5.</summary>
    public double SuccessFloor { get; init; } = 0.5;

    /// <summary>The label term of a neighbour of which nobody knows what is right, 0 to 1. Default 0.5.</summary>
    public double Unlabelled { get; init; } = 0.5;

    /// <summary>
    /// What an answer weighs that nobody gave, above 0, in votes: it keeps one or two votes from being sure. With n votes of weight w that
    /// all agree the confidence is nw / (nw + this). Default 0.5.
    /// </summary>
    public double Unsaid { get; init; } = 0.5;

    internal VoteWeights Validated()
    {
        if (!(SimilarityFloor is >= -1 and < 1))
            throw new ArgumentOutOfRangeException(nameof(SimilarityFloor), SimilarityFloor, "-1 to below 1 was expected.");
        if (AgeHalfLife <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(AgeHalfLife), AgeHalfLife, "A time above zero was expected.");
        if (!(SuccessFloor is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(SuccessFloor), SuccessFloor, "0 to 1 was expected.");
        if (!(Unlabelled is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Unlabelled), Unlabelled, "0 to 1 was expected.");
        if (!(Unsaid > 0 && double.IsFinite(Unsaid)))
            throw new ArgumentOutOfRangeException(nameof(Unsaid), Unsaid, "A number above 0 was expected.");
        return this;
    }

    internal IReadOnlyList<VoteTerm> TermsOf(Ballot ballot)
    {
        VoteTerm confidence = new("confidence", ballot.Confidence);
        if (ballot.Source == VoteSource.Own)
            return [confidence];
        double near = Math.Max(0, (ballot.Similarity - SimilarityFloor) / (1 - SimilarityFloor));
        double halves = ballot.LabelSource == LabelSource.Person ? 0 : Math.Max(0, ballot.Age / AgeHalfLife);
        return
        [
            confidence,
            new("similarity", near),
            new("success", SuccessFloor + ((1 - SuccessFloor) * SuccessRate(ballot.Uses, ballot.Successes))),
            new("age", Math.Pow(2, -halves)),
            new("label", ballot.LabelSource == LabelSource.None ? Unlabelled : 1),
        ];
    }

    // Laplace's rule of succession: one right and one wrong vote before any other, so that nothing seen is one half.
    private static double SuccessRate(long uses, long successes)
    {
        double all = Math.Max(0, uses);
        return (Math.Clamp(successes, 0, all) + 1) / (all + 2);
    }
}
