using FsCheck;
using FsCheck.Fluent;

namespace Pixelis.Online.Tests.Voting;

/// <summary>Ballots as tests need them.</summary>
internal static class Ballots
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Own episodes and neighbours, some without an answer, with answers that often agree and numbers of their own.</summary>
    public static readonly Gen<Ballot[]> Any =
        from count in Gen.Choose(0, 9)
        from ballots in One.ArrayOf(count)
        select ballots.Select((b, i) => b with { Number = i }).ToArray();

    private static Gen<Ballot> One =>
        from isOwn in Gen.Elements(true, false)
        from answer in Gen.Elements("cat", "Cat.", "a dog", "dog", "1/2", "0.5", "", " ", "...", null)
        from confidence in Gen.Choose(0, 8)
        from similarity in Gen.Choose(0, 8)
        from days in Gen.Choose(-1, 90)
        from uses in Gen.Choose(0, 5)
        from label in Gen.Elements(Enum.GetValues<LabelSource>())
        select new Ballot
        {
            Source = isOwn ? VoteSource.Own : VoteSource.Neighbor,
            Number = 0,
            Answer = answer,
            Confidence = confidence / 8.0,
            Similarity = isOwn ? 1 : similarity / 8.0,
            Age = isOwn ? TimeSpan.Zero : TimeSpan.FromDays(days),
            Uses = uses,
            Successes = uses / 2,
            LabelSource = isOwn ? LabelSource.None : label,
        };

    public static Ballot[] Own(params string?[] answers) => [.. answers.Select((a, i) => Ballot.Own(i, a))];

    /// <summary>A neighbour whose label came from a vote, with weight 0.9 x 0.6 x 5/6 x 0.5 = 0.225.</summary>
    public static Ballot Neighbor(long id, string? answer) => new()
    {
        Source = VoteSource.Neighbor,
        Number = id,
        Answer = answer,
        Confidence = 0.9,
        Similarity = 0.8,
        Age = TimeSpan.FromDays(30),
        Uses = 4,
        Successes = 3,
        LabelSource = LabelSource.Vote,
    };

    public static Experience Experience(string? label, LabelSource source, string? answer = "own") => new()
    {
        Id = 7, RequestId = "r", Question = "q", Answer = answer, Label = label, LabelSource = source, Confidence = 0.9,
        Embedding = new float[] { 1, 0 }, CreatedAt = Now - TimeSpan.FromDays(2), Uses = 3, Successes = 1,
    };
}
