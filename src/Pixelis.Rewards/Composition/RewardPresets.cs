namespace Pixelis.Rewards;

/// <summary>Sums that are known to make sense.</summary>
public static class RewardPresets
{
    /// <summary>
    /// The dual reward as this project trains with it: the task at 1; curiosity (at most 0.15), coherence (-0.05 to 0.03), format (0.05)
    /// and tool use (down to -0.5) beside it; intrinsic curiosity (at most 0.1) with a module. Together the latter move the sum by 0.88 at
    /// most, so that an answer that is wholly wrong never gets what one that is wholly right gets. Coherence leaves states out, since what
    /// is near or far among them depends on the model.
    /// </summary>
    /// <param name="curiosity">A module that learns what follows from calls; null to leave intrinsic curiosity out.</param>
    /// <param name="grader">How answers are compared; null for <see cref="ExactAnswer"/>.</param>
    public static CompositeReward PixelBench(CuriosityModule? curiosity = null, IAnswerGrader? grader = null)
    {
        RewardPart[] parts =
        [
            new(new TaskReward(grader), 1) { IsRequired = true },
            new(new FormatReward(), 0.05),
            new(new GroupCuriosityReward(), 1),
            new(new CoherenceReward(new CoherenceOptions { Transitions = null }), 0.05),
            new(new ToolUseReward(new ToolUseOptions { MostCost = 0.5 }), 1),
        ];
        return new CompositeReward(curiosity is null ? parts : [.. parts, new RewardPart(new IntrinsicCuriosityReward(curiosity), 0.1 / Math.Max(1, curiosity.Options.MostReward))]);
    }

    /// <summary>
    /// Pixel-Reasoner's reward (Su et al. 2025): accuracy, the group's curiosity bonus, and 0.05 for each successful call beyond the first.
    /// Calls cost at most 0.5 together, which ten excess calls reach and the paper's limit on calls does not.
    /// </summary>
    /// <param name="form">The paper's formula, or the released code's.</param>
    /// <param name="grader">How answers are compared; null for <see cref="ExactAnswer"/>.</param>
    public static CompositeReward PixelReasoner(CuriosityForm form = CuriosityForm.Paper, IAnswerGrader? grader = null) => new(
    [
        new(new TaskReward(grader), 1) { IsRequired = true },
        new(new GroupCuriosityReward(new GroupCuriosityOptions { Form = form }), 1),
        new(
            new ToolUseReward(new ToolUseOptions { FailureCost = 0, PrerequisiteCost = 0, OveruseCost = 0, OveruseLimits = new Dictionary<string, int>(), MostCost = 0.5 }),
            1),
    ]);

    /// <summary>Reason-RFT's reward (Tan et al. 2025): accuracy and format, at 1 each. A well-formed wrong answer gets what an ill-formed right one gets.</summary>
    /// <param name="grader">How answers are compared; null for <see cref="ExactAnswer"/>.</param>
    public static CompositeReward ReasonRft(IAnswerGrader? grader = null) => new(
    [
        new(new TaskReward(grader), 1) { IsRequired = true },
        new(new FormatReward(AnswerForm.ThinkThenAnswer), 1),
    ]);
}
