using Microsoft.Extensions.DependencyInjection;
using Pixelis.Online;
using Pixelis.Serving.Tests.Support;
using Pixelis.TestKit;

namespace Pixelis.Serving.Tests.Review;

/// <summary>The real queue, over HTTP.</summary>
public sealed class ReviewTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ReviewQueue _queue = null!;
    private ServedApp _app = null!;

    public async Task InitializeAsync()
    {
        _queue = ReviewQueue.Open(_folder["review.db"]);
        for (int i = 1; i <= 5; i++)
        {
            await _queue.EnqueueAsync(new ReviewRequest
            {
                Experience = i, RequestId = $"r{i}", Question = $"How many dots in picture {i}?", Answer = "6", Proposed = i == 5 ? null : "7", Confidence = 0.6, Cause = ReviewCause.SplitVote,
            });
        }
        _app = await ServedApp.StartAsync(new ToldModel("fine"), add: s => s.AddSingleton<IReviewQueue>(_queue));
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Items_come_in_pages()
    {
        Reply first = await _app.GetAsync("/v1/review?limit=3"), second = await _app.GetAsync("/v1/review?limit=3&after=3");
        Assert.Equal([1, 2, 3], first.Json["data"]!.AsArray().Select(i => (int)i!["id"]!));
        Assert.Equal([4, 5], second.Json["data"]!.AsArray().Select(i => (int)i!["id"]!));
        Assert.Equal((true, false), ((bool)first.Json["has_more"]!, (bool)second.Json["has_more"]!));
        Assert.Equal("split_vote", (string?)first.Json["data"]![0]!["cause"]);
        Assert.Equal("How many dots in picture 2?", (string?)(await _app.GetAsync("/v1/review/2")).Json["question"]);
        Assert.Equal(5, (await _app.GetAsync("/v1/online/state")).Json["review"]!["data"]!.AsArray().Count);
    }

    [Fact]
    public async Task Decisions_are_the_queues()
    {
        Reply approved = await DecideAsync(1, """{"decision": "approve", "reviewer": "ann"}""");
        Reply corrected = await DecideAsync(2, """{"decision": "correct", "reviewer": "ann", "answer": "8", "reason": "counted"}""");
        Reply rejected = await DecideAsync(3, """{"decision": "reject", "reviewer": "bob", "reason": "blurred"}""");
        Assert.Equal([200, 200, 200], new[] { approved.Code, corrected.Code, rejected.Code });
        Assert.Equal(("approved", "7"), ((string?)approved.Json["verdict"], (string?)approved.Json["label"]));
        ReviewDecision stored = (await _queue.FindAsync(2))!.Decision!;
        Assert.Equal((ReviewVerdict.Corrected, "8", "ann", "counted"), (stored.Verdict, stored.Label, stored.Reviewer, stored.Reason));
        Assert.Equal([4, 5], (await _app.GetAsync("/v1/review")).Json["data"]!.AsArray().Select(i => (int)i!["id"]!));
        Assert.Equal([1, 2, 3], (await _app.GetAsync("/v1/review?decided=true")).Json["data"]!.AsArray().Select(i => (int)i!["id"]!));
        Assert.Equal(200, (await DecideAsync(1, """{"decision": "approve", "reviewer": "ann"}""")).Code); // the same again
        Assert.Equal((409, "review_conflict"), ((await DecideAsync(1, """{"decision": "reject", "reviewer": "bob", "reason": "no"}""")).Code, (await DecideAsync(5, """{"decision": "approve", "reviewer": "ann"}""")).ErrorCode));
        await _queue.ClaimAsync(4, "cleo", TimeSpan.FromHours(1));
        Assert.Contains("cleo is at it", (await DecideAsync(4, """{"decision": "approve", "reviewer": "ann"}""")).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/review/1", "{}", 400, "reviewer")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\"}", 400, "decision")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\", \"decision\": \"maybe\"}", 400, "decision")]
    [InlineData("/v1/review/1", "{\"reviewer\": \" \", \"decision\": \"approve\"}", 400, "reviewer")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\", \"decision\": \"correct\"}", 400, "answer")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\", \"decision\": \"correct\", \"answer\": 7}", 400, "answer")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\", \"decision\": \"reject\"}", 400, "reason")]
    [InlineData("/v1/review/1", "{\"reviewer\": \"ann\", \"decision\": \"approve\", \"label\": \"7\"}", 400, "label")]
    [InlineData("/v1/review/99", "{\"reviewer\": \"ann\", \"decision\": \"approve\"}", 404, "id")]
    [InlineData("/v1/review/one", "{\"reviewer\": \"ann\", \"decision\": \"approve\"}", 404, "id")]
    [InlineData("/v1/review/-1", "{\"reviewer\": \"ann\", \"decision\": \"approve\"}", 404, "id")]
    public async Task Wrong_decisions_are_told_and_change_nothing(string path, string body, int status, string param)
    {
        Reply reply = await _app.PostAsync(path, body);
        Assert.Equal((status, param), (reply.Code, reply.Param));
        Assert.Equal(5, (await _queue.ListAsync()).Count);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=x")]
    [InlineData("after=-1")]
    [InlineData("decided=perhaps")]
    public async Task Wrong_queries_are_told(string query) => Assert.Equal((400, query.Split('=')[0]), ((await _app.GetAsync("/v1/review?" + query)).Code, (await _app.GetAsync("/v1/review?" + query)).Param));

    [Fact]
    public async Task A_server_without_a_queue_says_so()
    {
        await using ServedApp app = await ServedApp.StartAsync(new ToldModel("fine"));
        Assert.Equal((404, "review_off"), ((await app.GetAsync("/v1/review")).Code, (await app.PostAsync("/v1/review/1", "{}")).ErrorCode));
    }

    private Task<Reply> DecideAsync(int id, string body) => _app.PostAsync($"/v1/review/{id}", body);
}
