namespace Pixelis.Rewards;

/// <summary>How right an answer is.</summary>
/// <param name="Value">0 (wrong) to 1 (right).</param>
/// <param name="Reason">Why, for people.</param>
public readonly record struct AnswerGrade(double Value, string Reason)
{
    internal static AnswerGrade Right(string reason = "right") => new(1, reason);

    internal static AnswerGrade Wrong(string reason) => new(0, reason);
}
