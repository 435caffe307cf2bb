using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Data;
using Pixelis.Evaluation;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// Several answers in any order, parted by commas, semicolons, line breaks or "and": the F1 of the two sets, 0 to 1, each member compared
/// by <see cref="CanonicalAnswer"/>. Naming more than is true costs what naming less does, so listing everything does not pay. A comma
/// between digits with three of them behind it marks thousands.
/// </summary>
public sealed partial class SetAnswer : IAnswerGrader
{
    /// <inheritdoc />
    public string Name => "set";

    /// <inheritdoc />
    public bool CanGrade(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return Members(example.Answer).Count > 0;
    }

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(example);
        HashSet<string> given = Members(answer), truth = Members(example.Answer);
        int common = given.Count(truth.Contains);
        double value = 2.0 * common / (given.Count + truth.Count);
        return new AnswerGrade(value, string.Create(CultureInfo.InvariantCulture, $"{common} of {truth.Count} named, {given.Count - common} too many"));
    }

    private static HashSet<string> Members(string text) =>
        [.. Separator().Split(text).Select(CanonicalAnswer.Of).Where(member => member.Length > 0)];

    [GeneratedRegex(@"[;\n]|(?<![0-9]),|,(?![0-9]{3}(?![0-9]))|\sand\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Separator();
}
