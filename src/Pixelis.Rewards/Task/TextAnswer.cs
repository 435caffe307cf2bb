using System.Globalization;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Text read from a picture: 1 less the edit distance over the length of the longer text, 0 to 1, both in the form of
/// <see cref="CanonicalAnswer.Of"/>. The longer length bounds what padding can earn: a truth somewhere in a long answer is worth little.
/// </summary>
public sealed class TextAnswer : IAnswerGrader
{
    // The distance is quadratic, and what is this much longer than any truth is not it.
    private const int MaxLength = 4096;

    /// <inheritdoc />
    public string Name => "text";

    /// <inheritdoc />
    public bool CanGrade(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return CanonicalAnswer.Of(example.Answer).Length > 0;
    }

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(example);
        string given = CanonicalAnswer.Of(answer), truth = CanonicalAnswer.Of(example.Answer);
        if (given.Length > Math.Max(MaxLength, truth.Length))
            return AnswerGrade.Wrong($"the answer has {given.Length} characters");
        int distance = TextMetrics.EditDistance(given, truth);
        return new AnswerGrade(
            1 - ((double)distance / Math.Max(given.Length, truth.Length)), string.Create(CultureInfo.InvariantCulture, $"edit distance {distance}"));
    }
}
