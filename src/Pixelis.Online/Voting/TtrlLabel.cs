namespace Pixelis.Online;

/// <summary>
/// The label that a group of answers gives itself, and the rewards by it (TTRL, Zuo et al. 2025): the commonest of N answers is held to be
/// right, an answer that is the label gets 1 and any other 0, and the first of them are trained on.
/// </summary>
/// <remarks>
/// The "lucky hit": a wrong label still gives the right reward, 0, to every wrong answer that is another than the label. Where wrong
/// answers scatter, most rewards are right although most labels are not (on AIME 92 % with 37 % right labels); where they cannot scatter
/// (yes or no, A to D), a wrong label pays every voter for it, and the truth nothing.
/// Deviations: answers are counted by their <see cref="VotingForm"/>, not as strings; an empty answer is never the label; a tie goes by the
/// form's spelling and not to the first seen, so that the order of the answers does not count.
/// </remarks>
internal sealed record TtrlLabel
{
    private TtrlLabel(IReadOnlyList<string> forms, ConsensusResult result, int trained)
    {
        Forms = forms;
        Answer = result.Answer;
        Form = result.Form;
        AnswerSpace = result.AnswerSpace;
        Rewards = [.. forms.Select(f => f.Length > 0 && f == result.Form ? 1.0 : 0.0)];
        Trained = trained;
    }

    /// <summary>The commonest answer; null when every answer is empty: then all rewards are 0, and equal rewards teach nothing.</summary>
    public string? Answer { get; }

    /// <summary>The form it was counted under; null when there is none.</summary>
    public string? Form { get; }

    /// <summary>What can be answered.</summary>
    public AnswerSpace AnswerSpace { get; }

    /// <summary>The form of every answer, in the given order; empty for none.</summary>
    public IReadOnlyList<string> Forms { get; }

    /// <summary>The reward of every answer by the label, 0 or 1, in the given order.</summary>
    public IReadOnlyList<double> Rewards { get; }

    /// <summary>How many of them, from the first, are trained on; those after only vote.</summary>
    public int Trained { get; }

    /// <summary>Share of the answers that are the label, 0 to 1, empty answers counted.</summary>
    public double MajorityRatio => Rewards.Average();

    /// <summary>The label of a group.</summary>
    /// <param name="answers">The answers as sampled, at least one. TTRL takes 64.</param>
    /// <param name="trained">How many are trained on, 1 to all of them. TTRL takes 32; null for half, rounded up.</param>
    /// <param name="space">What can be answered; null for anything.</param>
    public static TtrlLabel Of(IReadOnlyList<string?> answers, int? trained = null, AnswerSpace? space = null)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0)
            throw new ArgumentException("One answer or more was expected.", nameof(answers));
        int first = trained ?? (answers.Count + 1) / 2;
        if (first < 1 || first > answers.Count)
            throw new ArgumentOutOfRangeException(nameof(trained), trained, $"1 to {answers.Count} was expected: no more are trained on than vote.");
        ConsensusResult result = new MajorityVote().Decide([.. answers.Select((a, i) => Ballot.Own(i, a))], space ?? AnswerSpace.Open);
        return new TtrlLabel([.. result.Votes.Select(v => v.Form)], result, first);
    }
}
