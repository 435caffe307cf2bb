using Pixelis.Online.Tests.Gates;
using Pixelis.TestKit;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Review;

public sealed class ReviewQueueTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = ReviewRequests.Lease;
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private ReviewQueue _queue = null!;

    public Task InitializeAsync()
    {
        _queue = ReviewQueue.Open(_folder["review.db"], time: _time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_is_put_in_comes_out_once()
    {
        ReviewRequest request = ReviewRequests.Of(5) with { Tenant = "t", Cause = ReviewCause.SplitVote, Answer = null };
        ReviewItem item = await _queue.EnqueueAsync(request);
        Assert.Equal((1, request, _time.GetUtcNow()), (item.Id, item.Request, item.CreatedAt));
        Assert.Equal((null, null, null), (item.ClaimedBy, item.ClaimedUntil, item.Decision));
        Assert.Equal(item, await _queue.EnqueueAsync(request with { Question = "again" }));
        Assert.Equal(item, await _queue.FindAsync(1));
        Assert.Equal([item], await _queue.ListAsync());
        Assert.Null(await _queue.FindAsync(2));
    }

    [Fact]
    public async Task Lists_are_filtered_and_paged()
    {
        for (int i = 1; i <= 7; i++)
            await _queue.EnqueueAsync(ReviewRequests.Of(i) with { Tenant = i % 2 == 0 ? "even" : "odd", Cause = i == 3 ? ReviewCause.SplitVote : ReviewCause.Sampled });
        await _queue.ApproveAsync(1, "ann");
        await _queue.ClaimAsync(2, "bob", Lease);
        await AssertIdsAsync(new ReviewFilter(), [2, 3, 4, 5, 6, 7]);
        await AssertIdsAsync(new ReviewFilter { Decided = true }, [1]);
        await AssertIdsAsync(new ReviewFilter { Decided = null, Count = 3 }, [1, 2, 3]);
        await AssertIdsAsync(new ReviewFilter { Decided = null, Count = 3, After = 3 }, [4, 5, 6]);
        await AssertIdsAsync(new ReviewFilter { Tenant = "even", UnclaimedOnly = true }, [4, 6]);
        await AssertIdsAsync(new ReviewFilter { Cause = ReviewCause.SplitVote }, [3]);
        await AssertIdsAsync(new ReviewFilter { After = 7 }, []);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queue.ListAsync(new ReviewFilter { Count = 0 }));
    }

    [Fact]
    public async Task Decisions_change_the_label_and_say_who_and_when()
    {
        for (int i = 1; i <= 3; i++)
            await _queue.EnqueueAsync(ReviewRequests.Of(10 + i));
        ReviewDecision approved = await _queue.ApproveAsync(1, "ann"), corrected = await _queue.CorrectAsync(2, "bob", " bird ", "it has wings");
        ReviewDecision rejected = await _queue.RejectAsync(3, "ann", "blurred");
        Assert.Equal(new ReviewDecision(1, 1, 11, ReviewVerdict.Approved, "cat", "ann", null, _time.GetUtcNow()), approved);
        Assert.Equal(new ReviewDecision(2, 2, 12, ReviewVerdict.Corrected, "bird", "bob", "it has wings", _time.GetUtcNow()), corrected);
        Assert.Equal(new ReviewDecision(3, 3, 13, ReviewVerdict.Rejected, null, "ann", "blurred", _time.GetUtcNow()), rejected);
        Assert.Equal(corrected, (await _queue.FindAsync(2))!.Decision);
    }

    [Fact]
    public async Task The_same_again_is_the_first_decision_and_another_is_refused()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1));
        ReviewDecision first = await _queue.CorrectAsync(1, "ann", "bird");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(first, await _queue.CorrectAsync(1, "bob", "bird", "other words"));
        foreach (Func<ValueTask<ReviewDecision>> other in new Func<ValueTask<ReviewDecision>>[]
                 {
                     () => _queue.CorrectAsync(1, "ann", "fish"), () => _queue.ApproveAsync(1, "ann"), () => _queue.RejectAsync(1, "ann", "no"),
                 })
        {
            ReviewConflictException e = await Assert.ThrowsAsync<ReviewConflictException>(async () => await other());
            Assert.Equal("Review item 1: it was corrected to 'bird' by ann at 2026-03-01 12:00:00Z; a decision stands.", e.Message);
        }
        Assert.Equal(first, (await _queue.FindAsync(1))!.Decision);
    }

    [Fact]
    public async Task What_is_claimed_is_nobody_elses_until_the_lease_is_over()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1));
        await _queue.EnqueueAsync(ReviewRequests.Of(2));
        ReviewItem claimed = (await _queue.ClaimNextAsync("ann", Lease))!;
        Assert.Equal((1, "ann", _time.GetUtcNow() + Lease), (claimed.Id, claimed.ClaimedBy, claimed.ClaimedUntil));
        Assert.Equal(2, (await _queue.ClaimNextAsync("bob", Lease))!.Id);
        Assert.Null(await _queue.ClaimNextAsync("cy", Lease));
        ReviewConflictException taken = await Assert.ThrowsAsync<ReviewConflictException>(async () => await _queue.ClaimAsync(1, "bob", Lease));
        Assert.Equal("Review item 1: ann is at it until 2026-03-01 12:10:00Z.", taken.Message);
        await Assert.ThrowsAsync<ReviewConflictException>(async () => await _queue.ApproveAsync(1, "bob"));
        _time.Advance(Lease);
        Assert.Null((await _queue.FindAsync(1))!.ClaimedBy);
        Assert.Equal("bob", (await _queue.ClaimAsync(1, "bob", Lease)).ClaimedBy);
        await _queue.ApproveAsync(1, "bob");
        await Assert.ThrowsAsync<ReviewConflictException>(async () => await _queue.ClaimAsync(1, "bob", Lease));
    }

    [Fact]
    public async Task A_claim_can_last_longer_or_be_given_back()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1));
        await _queue.ClaimAsync(1, "ann", Lease);
        _time.Advance(Lease / 2);
        Assert.Equal(_time.GetUtcNow() + Lease, (await _queue.ClaimAsync(1, "ann", Lease)).ClaimedUntil);
        Assert.False(await _queue.ReleaseAsync(1, "bob"));
        Assert.True(await _queue.ReleaseAsync(1, "ann"));
        Assert.False(await _queue.ReleaseAsync(1, "ann"));
        Assert.Equal(1, (await _queue.ClaimNextAsync("bob", Lease))!.Id);
    }

    [Fact]
    public async Task Nothing_proposed_cannot_be_approved_and_nothing_there_cannot_be_decided()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1, proposed: null));
        await Assert.ThrowsAsync<ReviewConflictException>(async () => await _queue.ApproveAsync(1, "ann"));
        await _queue.CorrectAsync(1, "ann", "bird");
        PixelisException e = await Assert.ThrowsAsync<PixelisException>(async () => await _queue.ApproveAsync(9, "ann"));
        Assert.Equal("Review item 9: there is none.", e.Message);
    }

    [Fact]
    public async Task Blanks_are_refused()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _queue.ApproveAsync(1, " "));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _queue.CorrectAsync(1, "ann", " "));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _queue.RejectAsync(1, "ann", ""));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queue.ClaimNextAsync("ann", TimeSpan.Zero));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queue.EnqueueAsync(ReviewRequests.Of(0)));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _queue.EnqueueAsync(ReviewRequests.Of(1) with { Confidence = double.NaN }));
        Assert.Null((await _queue.FindAsync(1))!.Decision);
    }

    [Fact]
    public async Task What_was_erased_is_forgotten_and_its_number_is_not_used_again()
    {
        await _queue.EnqueueAsync(ReviewRequests.Of(1) with { Question = "a secret question" });
        await _queue.EnqueueAsync(ReviewRequests.Of(2));
        await _queue.CorrectAsync(1, "ann", "a secret answer");
        Assert.Equal(1, await _queue.ForgetAsync([1, 99]));
        await AssertIdsAsync(new ReviewFilter { Decided = null }, [2]);
        Assert.Equal(3, (await _queue.EnqueueAsync(ReviewRequests.Of(1))).Id);
        foreach (string file in Directory.EnumerateFiles(_folder.Path))
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain("a secret", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_reviewers_never_get_the_same_item()
    {
        await using ReviewQueue other = ReviewQueue.Open(_folder["review.db"], time: _time); // as another process has it
        for (int i = 1; i <= 24; i++)
            await _queue.EnqueueAsync(ReviewRequests.Of(i));
        IEnumerable<Task<List<long>>> reviewers = Enumerable.Range(0, 6).Select(r => Task.Run(async () =>
        {
            var mine = new List<long>();
            while (await (r % 2 == 0 ? _queue : other).ClaimNextAsync($"reviewer {r}", Lease) is { } item)
                mine.Add(item.Id);
            return mine;
        }));
        long[] all = [.. (await Task.WhenAll(reviewers)).SelectMany(l => l).Order()];
        Assert.Equal(Enumerable.Range(1, 24).Select(i => (long)i), all);
    }

    [Fact]
    public async Task Of_decisions_at_once_one_stands()
    {
        await using ReviewQueue other = ReviewQueue.Open(_folder["review.db"], time: _time);
        for (int i = 1; i <= 10; i++)
        {
            await _queue.EnqueueAsync(ReviewRequests.Of(i));
            int id = i;
            Task<bool>[] tries = [Task.Run(() => SucceedsAsync(_queue.ApproveAsync(id, "ann"))), Task.Run(() => SucceedsAsync(other.CorrectAsync(id, "bob", "bird")))];
            Assert.Single(await Task.WhenAll(tries), succeeded => succeeded);
            Assert.NotNull((await _queue.FindAsync(i))!.Decision);
        }
    }

    private static async Task<bool> SucceedsAsync(ValueTask<ReviewDecision> decision)
    {
        try
        {
            await decision;
            return true;
        }
        catch (ReviewConflictException)
        {
            return false;
        }
    }

    private async Task AssertIdsAsync(ReviewFilter filter, long[] ids) => Assert.Equal(ids, (await _queue.ListAsync(filter)).Select(i => i.Id));
}
