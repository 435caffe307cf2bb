using Pixelis.Data;
using Pixelis.Trajectories;

namespace Pixelis.Cli.Rewarding;

/// <summary>The true answer of an episode, or the dataset that holds it.</summary>
/// <param name="Answer">The answer itself.</param>
/// <param name="Data">A file of examples.</param>
/// <param name="Id">Which of them.</param>
internal sealed record TruthSource(string? Answer, string? Data, string? Id)
{
    /// <summary>The task of an episode without a truth.</summary>
    public static Example Unknown(Trajectory trajectory) => new() { Id = trajectory.Id, Question = trajectory.Question, Answer = "" };

    /// <summary>The task of an episode and its truth.</summary>
    /// <exception cref="PixelisException">The dataset has no such example, or several that do not agree.</exception>
    public Example Of(Trajectory trajectory)
    {
        if (Answer is not null)
            return Unknown(trajectory) with { Answer = Answer };
        Example[] asked = [.. ExampleJsonLines.Read(Data!).Where(e => Id is null ? e.Question == trajectory.Question : e.Id == Id)];
        if (asked.Length == 0)
            throw new PixelisException(Id is null ? $"{Data}: no example asks '{trajectory.Question}'; name one with --example." : $"{Data}: there is no example '{Id}'.");
        Example[] seen = asked.Length == 1 ? asked : [.. asked.Where(e => ShowsTheSame(e, trajectory))];
        return seen.DistinctBy(e => e.Answer).ToArray() is [var example]
            ? example
            : throw new PixelisException($"{Data}: {asked.Length} examples ask '{trajectory.Question}', and pictures do not tell which is meant; name one with --example.");
    }

    private static bool ShowsTheSame(Example example, Trajectory trajectory) =>
        example.Media.Select(m => m.Hash).SequenceEqual(trajectory.Inputs.Where(i => i.Origin == "question").Select(i => (string?)i.Hash));
}
