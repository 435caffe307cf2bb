using Pixelis.Evaluation;

namespace Pixelis.Online;

/// <summary>How good a label is, told by the truth; TTRL's own measures, under its names. All are 0 to 1.</summary>
/// <param name="LabelAccuracy">1 when the label is the truth, else 0.</param>
/// <param name="RewardAccuracy">Share of answers whose reward by the label is their reward by the truth; lucky hits count.</param>
/// <param name="MajorityRatio">Share of answers that are the label.</param>
/// <param name="GroundTruthRatio">Share of answers that are right.</param>
/// <param name="MajorityVotingReward">Mean reward by the label; that of the whole group is <see cref="MajorityRatio"/>.</param>
/// <param name="PassAtN">1 when one answer or more is right, else 0.</param>
internal readonly record struct TtrlMetrics(
    double LabelAccuracy, double RewardAccuracy, double MajorityRatio, double GroundTruthRatio, double MajorityVotingReward, double PassAtN)
{
    /// <summary>Of all answers.</summary>
    public static TtrlMetrics Of(TtrlLabel label, string truth) => Of(label, truth, label?.Forms.Count ?? 0);

    /// <summary>Of the answers that are trained on alone ("post_" in TTRL); the label is that of all, and so is its share.</summary>
    public static TtrlMetrics OfTrained(TtrlLabel label, string truth) => Of(label, truth, label?.Trained ?? 0);

    private static TtrlMetrics Of(TtrlLabel label, string truth, int count)
    {
        ArgumentNullException.ThrowIfNull(label);
        ArgumentNullException.ThrowIfNull(truth);
        string expected = VotingForm.Of(truth, label.AnswerSpace);
        if (expected.Length == 0)
            throw new ArgumentException("A truth that says something was expected.", nameof(truth));
        bool[] right = [.. label.Forms.Take(count).Select(f => IsRight(f, expected))];
        double[] rewards = [.. label.Rewards.Take(count)];
        return new TtrlMetrics(
            LabelAccuracy: label.Form is { } form && IsRight(form, expected) ? 1 : 0,
            RewardAccuracy: right.Where((r, i) => r == (rewards[i] > 0)).Count() / (double)count,
            MajorityRatio: label.MajorityRatio,
            GroundTruthRatio: right.Count(r => r) / (double)count,
            MajorityVotingReward: rewards.Average(),
            PassAtN: right.Any(r => r) ? 1 : 0);
    }

    // By the form that votes are counted by, or by the rule that evaluations go by, to which "one" is 1 where the truth is a number.
    private static bool IsRight(string form, string expected) => form.Length > 0 && (form == expected || CanonicalAnswer.IsRight(form, expected));
}
