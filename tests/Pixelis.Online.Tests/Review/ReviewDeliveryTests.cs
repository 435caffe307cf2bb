using System.Text.Json;
using Pixelis.Online.Audit;
using Pixelis.Online.Privacy;
using Pixelis.Online.Tests.Audit;
using Pixelis.Online.Tests.Gates;
using Pixelis.TestKit;
using Pixelis.Online.Tests.Support;

namespace Pixelis.Online.Tests.Review;

/// <summary>From a decision to a label, and to training again.</summary>
public sealed class ReviewDeliveryTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private ReviewQueue _queue = null!;

    public async Task InitializeAsync()
    {
        _queue = ReviewQueue.Open(_folder["review.db"], time: _time);
        for (int i = 1; i <= 4; i++)
            await _queue.EnqueueAsync(ReviewRequests.Of(i));
    }

    public async Task DisposeAsync()
    {
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Decisions_come_in_order_those_before_and_those_after()
    {
        await _queue.ApproveAsync(2, "ann");
        await using IAsyncEnumerator<ReviewDecision> decisions = _queue.ReadDecisionsAsync().GetAsyncEnumerator();
        Assert.True(await decisions.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(2, decisions.Current.Item);
        Task<bool> next = decisions.MoveNextAsync().AsTask();
        await _queue.RejectAsync(1, "ann", "no"); // the clock stands: only being told wakes it
        Assert.True(await next.WaitAsync(Patience));
        Assert.Equal((2, 1), (decisions.Current.Number, decisions.Current.Item));
        next = decisions.MoveNextAsync().AsTask();
        await _queue.DisposeAsync();
        Assert.False(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task Decisions_of_another_process_are_looked_for()
    {
        await using ReviewQueue other = ReviewQueue.Open(_folder["review.db"], time: _time);
        await using IAsyncEnumerator<ReviewDecision> decisions = _queue.ReadDecisionsAsync().GetAsyncEnumerator();
        Task<bool> next = decisions.MoveNextAsync().AsTask();
        await other.ApproveAsync(3, "ann");
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); !next.IsCompleted && waited.Elapsed < Patience;)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }
        Assert.True(await next.WaitAsync(TimeSpan.Zero));
        Assert.Equal(3, decisions.Current.Item);
    }

    [Fact]
    public async Task What_took_effect_is_not_told_again_and_what_did_not_is()
    {
        for (int i = 1; i <= 3; i++)
            await _queue.ApproveAsync(i, "ann");
        var listener = new Listener { FailsOn = 2 };
        await RunAsync(listener, until: 3);
        Assert.Equal([1, 2, 3], listener.Told);
        var after = new Listener();
        await RunAsync(after, until: 1);
        Assert.Equal([2], after.Told);
        await _queue.ApproveAsync(4, "ann");
        var last = new Listener();
        await RunAsync(last, until: 1);
        Assert.Equal([4], last.Told);
        Assert.False(await _queue.ConfirmAsync(99));
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var stop = new CancellationTokenSource();
        await using IAsyncEnumerator<ReviewDecision> decisions = _queue.ReadDecisionsAsync(stop.Token).GetAsyncEnumerator();
        Task<bool> next = decisions.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_decision_becomes_the_label_and_goes_to_training()
    {
        await using var buffer = new MemoryExperienceBuffer(new ExperienceBufferOptions { Dimension = 2 });
        for (int i = 1; i <= 3; i++)
            await buffer.AddAsync(Answered(i));
        var trained = new List<(long, string?)>();
        var listener = new ReviewRelabel(buffer, (e, d, _) =>
        {
            trained.Add((e.Id, e.Label));
            return ValueTask.CompletedTask;
        });
        await _queue.ApproveAsync(1, "ann");
        await _queue.CorrectAsync(2, "ann", "bird");
        await _queue.RejectAsync(3, "ann", "blurred");
        await _queue.ApproveAsync(4, "ann"); // of an experience that is gone
        await RunAsync(listener, until: 4);
        Assert.Equal([(1, "cat"), (2, "bird")], trained);
        Assert.Equal(("cat", LabelSource.Person, 1.0, 0.3), await ToldAsync(buffer, 1));
        Assert.Equal(("bird", LabelSource.Person, 1.0, 1.0), await ToldAsync(buffer, 2));
        Assert.Equal((null, LabelSource.Person, 0.0, 0.01), await ToldAsync(buffer, 3));
        Ballot rejected = Ballot.Of(new Neighbor((await buffer.FindAsync(3))!, 1), _time.GetUtcNow());
        Assert.Equal(0, new WeightedVote().Decide([rejected], AnswerSpace.Open).Votes[0].Weight);
    }

    [Fact]
    public async Task A_decision_is_on_record_before_it_takes_effect()
    {
        using var folder = new AuditFolder();
        var hasher = new SubjectHasher(PrivacyKey.FromBytes(new byte[32]));
        await _queue.ApproveAsync(1, "Ann");
        await _queue.CorrectAsync(2, "bob", "bird");
        await _queue.RejectAsync(3, "ann", "blurred");
        AuditLog log = folder.Open();
        await RunAsync(new ReviewRecord(log, hasher, new Listener { FailsOn = 2 }), until: 3);
        await RunAsync(new ReviewRecord(log, hasher, new Listener()), until: 1); // what took no effect is told again, and says which it is
        await log.DisposeAsync();
        Assert.Equal(
            [("approve", "experience 1", "1"), ("correct", "experience 2", "2"), ("reject", "experience 3", "3"), ("correct", "experience 2", "2")],
            Lines(folder).Select(l => (l.Action, l.Resource, l.Decision)));
        Assert.Equal(2, Lines(folder).Select(l => l.Actor).Distinct().Count());
        Assert.Equal(Lines(folder)[0].Actor, Lines(folder)[2].Actor);
        Assert.DoesNotContain("ann", string.Concat(folder.Files.Select(File.ReadAllText)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bird", string.Concat(folder.Files.Select(File.ReadAllText)), StringComparison.Ordinal);

        await _queue.ApproveAsync(4, "ann");
        var after = new Listener();
        await RunAsync(new ReviewRecord(log, hasher, after), until: 1); // the log is closed
        Assert.Empty(after.Told);
        await RunAsync(after, until: 1);
        Assert.Equal([4], after.Told);
    }

    private static (string Actor, string Action, string Resource, string Decision)[] Lines(AuditFolder folder) =>
    [
        .. folder.Files.SelectMany(File.ReadLines).Select(l => JsonDocument.Parse(l).RootElement)
            .Where(e => e.TryGetProperty("type", out JsonElement type) && type.GetString() == "review")
            .Select(e => (Text(e, "actor"), Text(e, "action"), Text(e, "resource"), Text(e.GetProperty("metadata"), "decision"))),
    ];

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString()!;

    private static Experience Answered(int number) => new()
    {
        RequestId = $"r{number}", Question = "What is it?", Answer = "dog", Label = "cat", LabelSource = LabelSource.Vote, Confidence = 0.75, Priority = 0.3,
        Embedding = new float[] { 1, 0 },
    };

    private static async Task<(string?, LabelSource, double, double)> ToldAsync(MemoryExperienceBuffer buffer, long id)
    {
        Experience told = (await buffer.FindAsync(id))!;
        return (told.Label, told.LabelSource, told.Confidence, told.Priority);
    }

    private async Task RunAsync(IReviewListener listener, int until)
    {
        using var stop = new CancellationTokenSource(Patience);
        var counting = new Counting(listener, until, stop);
        try
        {
            await new ReviewDelivery(_queue, counting).RunAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
        }
        Assert.Equal(until, counting.Count);
    }

    // Stops the run after so many decisions; the last one has taken effect by then, and is confirmed all the same.
    private sealed class Counting(IReviewListener inner, int until, CancellationTokenSource stop) : IReviewListener
    {
        public int Count { get; private set; }

        public async ValueTask OnDecisionAsync(ReviewDecision decision, CancellationToken cancellationToken = default)
        {
            Count++;
            await inner.OnDecisionAsync(decision, cancellationToken);
            if (Count == until)
                await stop.CancelAsync();
        }
    }

    private sealed class Listener : IReviewListener
    {
        public long FailsOn { get; init; }

        public List<long> Told { get; } = [];

        public ValueTask OnDecisionAsync(ReviewDecision decision, CancellationToken cancellationToken = default)
        {
            Told.Add(decision.Number);
            return decision.Number == FailsOn ? throw new InvalidOperationException("no") : ValueTask.CompletedTask;
        }
    }
}
