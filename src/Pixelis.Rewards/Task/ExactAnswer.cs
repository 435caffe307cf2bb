using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>1 when the answer is the true one by <see cref="CanonicalAnswer"/>, the rule that evaluations go by; else 0.</summary>
public sealed class ExactAnswer : IAnswerGrader
{
    /// <inheritdoc />
    public string Name => "exact";

    /// <inheritdoc />
    public bool CanGrade(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return !string.IsNullOrWhiteSpace(example.Answer);
    }

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(example);
        return CanonicalAnswer.IsRight(answer, example.Answer) ? AnswerGrade.Right() : AnswerGrade.Wrong($"'{Shown(answer)}' is not '{example.Answer}'");
    }

    internal static string Shown(string answer) => answer.Length <= 80 ? answer : answer[..80] + "...";
}
