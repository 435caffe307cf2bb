using System.Globalization;
using System.Text.RegularExpressions;
using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Rewards;

/// <summary>
/// A box: intersection over union with the true one, 0 to 1. The answer is a box when it holds exactly four numbers, x1, y1, x2, y2. The
/// truth is the example's answer where that is a box in source pixels, else its only target (<see cref="TruthObject.IsTarget"/>).
/// </summary>
/// <param name="space">
/// What the numbers of answers mean on the first picture of the episode; null (default) for pixels of the source, which is what a model
/// writes that saw the picture in its own size.
/// </param>
public sealed partial class BoxAnswer(CoordinateSpace? space = null) : IAnswerGrader
{
    /// <inheritdoc />
    public string Name => "box";

    /// <inheritdoc />
    public bool CanGrade(Example example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return Truth(example) is not null;
    }

    /// <inheritdoc />
    public AnswerGrade Grade(string answer, Example example, Trajectory trajectory)
    {
        ArgumentNullException.ThrowIfNull(example);
        ArgumentNullException.ThrowIfNull(trajectory);
        if (Read(answer) is not { } written)
            return AnswerGrade.Wrong("the answer is not a box of four numbers");
        PixelBox box = ToSource(written, trajectory), truth = Truth(example)!.Value;
        double overlap = box.IsValid ? box.IntersectionOverUnion(truth) : 0;
        return new AnswerGrade(overlap, string.Create(CultureInfo.InvariantCulture, $"overlap {overlap:0.###} with the true box"));
    }

    private static PixelBox? Truth(Example example)
    {
        if (Read(example.Answer) is { IsValid: true } written)
            return written;
        return example.Truth.Where(t => t.IsTarget).ToArray() is [{ Box.IsValid: true } target] ? target.Box : null;
    }

    private PixelBox ToSource(PixelBox box, Trajectory trajectory)
    {
        if (space is null || trajectory.Inputs is not [var seen, ..])
            return box;
        return space switch
        {
            CoordinateSpace.Normalized => box.Scale(seen.Width, seen.Height),
            CoordinateSpace.Thousandths => box.Scale(seen.Width / 1000.0, seen.Height / 1000.0),
            _ => box.Scale((double)seen.Width / seen.SeenWidth, (double)seen.Height / seen.SeenHeight),
        };
    }

    private static PixelBox? Read(string text) =>
        Number().Matches(text).Take(5).Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture)).ToArray() is [var x1, var y1, var x2, var y2]
            ? new PixelBox(x1, y1, x2, y2)
            : null;

    [GeneratedRegex(@"-?[0-9]+(?:\.[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
