using Pixelis.Online.Tests.Gates;

namespace Pixelis.Online.Tests.Review;

public class ReviewSamplingTests
{
    private static readonly ConsensusResult Sure = Inputs.Vote(9, 1), Split = Inputs.Vote(5, 5);
    private static readonly string[] Requests = [.. Enumerable.Range(0, 20_000).Select(i => $"request-{i}")];

    [Fact]
    public void A_share_is_drawn_the_same_one_every_time()
    {
        var sampling = new ReviewSampling();
        string[] drawn = Drawn(sampling);
        Assert.InRange(drawn.Length, 320, 480); // 400, and four standard deviations of 19.8
        Assert.Equal(drawn, Drawn(new ReviewSampling()));
        Assert.NotEqual(drawn, Drawn(sampling with { Seed = 1 }));
        Assert.Empty(Drawn(sampling with { Share = 0 }));
        Assert.Equal(Requests.Length, Drawn(sampling with { Share = 1 }).Length);
        Assert.Superset(drawn.ToHashSet(), Drawn(sampling with { Share = 0.05 }).ToHashSet());
    }

    [Fact]
    public void A_split_vote_is_always_asked_about_where_that_is_wanted()
    {
        var sampling = new ReviewSampling { Share = 0 };
        Assert.Null(sampling.CauseFor("a", Split));
        sampling = sampling with { AlwaysWhenSplit = true };
        Assert.Equal(ReviewCause.SplitVote, sampling.CauseFor("a", Split));
        Assert.Equal(ReviewCause.SplitVote, sampling.CauseFor("a", new MajorityVote().Decide([], AnswerSpace.Open)));
        Assert.Null(sampling.CauseFor("a", Sure));
        Assert.Null(sampling.CauseFor("a", Inputs.Vote(6, 4)));
        Assert.Equal(ReviewCause.Sampled, (sampling with { Share = 1 }).CauseFor("a", Sure));
    }

    [Fact]
    public void A_share_beyond_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ReviewSampling { Share = 2 });

    private static string[] Drawn(ReviewSampling sampling) => [.. Requests.Where(r => sampling.CauseFor(r, Sure) == ReviewCause.Sampled)];
}
