using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Whether the answer is right: 0 to 1, by a grader. An episode without an answer gets 0; an example without a truth is not measured,
/// whatever was answered.
/// </summary>
/// <param name="grader">How answers are compared; null for <see cref="ExactAnswer"/>.</param>
public sealed class TaskReward(IAnswerGrader? grader = null) : IRewardFunction
{
    private readonly IAnswerGrader _grader = grader ?? new ExactAnswer();

    /// <inheritdoc />
    public string Name => "task";

    /// <inheritdoc />
    public RewardRange Range => RewardRange.Unit;

    /// <inheritdoc />
    public IReadOnlyList<RewardBreakdown> Score(RewardGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return [.. group.Episodes.Select(e => Of(group, e.Trajectory))];
    }

    private RewardBreakdown Of(RewardGroup group, Trajectory trajectory)
    {
        if (!_grader.CanGrade(group.Example))
            return RewardBreakdown.NotMeasured(Name, $"the example holds no truth for '{_grader.Name}'");
        if (string.IsNullOrWhiteSpace(trajectory.Answer))
            return RewardBreakdown.Of(Name, 0, $"no answer: the episode ended with {trajectory.EndReason}");
        AnswerGrade grade = _grader.Grade(trajectory.Answer, group.Example, trajectory);
        if (!(grade.Value >= 0 && grade.Value <= 1))
            throw new RewardException(Name, group.Example.Id, $"grader '{_grader.Name}' gave {grade.Value}; a number from 0 to 1 was expected.");
        return RewardBreakdown.Of(Name, grade.Value, grade.Reason);
    }
}
