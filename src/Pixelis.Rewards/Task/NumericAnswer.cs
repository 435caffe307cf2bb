using System.Globalization;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Numbers with a tolerance (Reason-RFT, Tan et al. 2025): with d = |answer - truth|, 1 up to 5 % of the truth, 0 from 20 %, and half a
/// cosine between. A truth of zero has no tolerance, so 0 alone is right: the released rule, whose every bound is zero there, calls even
/// that wrong. Where the truth or the answer is no number, it must be the true one exactly.
/// </summary>
/// <param name="inner">Share of the truth's magnitude up to which an answer is right, 0 to <paramref name="outer"/>. Default 0.05.</param>
/// <param name="outer">Share from which it is wrong. Default 0.2.</param>
public sealed class NumericAnswer(double inner = 0.05, double outer = 0.2) : IAnswerGrader
{
    private readonly double _inner = inner >= 0 && inner <= outer ? inner : throw new ArgumentOutOfRangeException(nameof(inner), inner, $"0 to {outer} was expected.");
    private readonly double _outer = double.IsFinite(outer) ? outer : throw new ArgumentOutOfRangeException(nameof(outer), outer, "A finite share was expected.");
    private readonly ExactAnswer _exact = new();

    /// <inheritdoc />
    public string Name => "numeric";

    /// <inheritdoc />
    public bool CanGrade(Example example) => _exact.CanGrade(example);

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(example);
        if (CanonicalAnswer.NumberOf(answer) is not { } given || CanonicalAnswer.NumberOf(example.Answer) is not { } truth)
            return _exact.Grade(answer, example, trajectory);
        double distance = Math.Abs((double)given - (double)truth), size = Math.Abs((double)truth);
        string reason = string.Create(CultureInfo.InvariantCulture, $"{given} is {distance:G6} from {truth}");
        if (distance <= _inner * size)
            return AnswerGrade.Right(reason);
        if (distance >= _outer * size)
            return AnswerGrade.Wrong(reason);
        double share = (distance - (_inner * size)) / ((_outer - _inner) * size);
        return new AnswerGrade((1 + Math.Cos(Math.PI * share)) / 2, reason);
    }
}
