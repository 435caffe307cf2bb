using Microsoft.Extensions.AI;
using Pixelis.Trajectories;

namespace Pixelis.Data.Tests;

public sealed class ScoringTests
{
    [Fact]
    public async Task AGoodTraceScoresFiveAndAFailedTargetCallOrARepeatLess()
    {
        await using var factory = new TraceFactory();
        TrainingTrace trace = await factory.PositiveAsync(new PixelBenchGenerator().Create(PixelBenchFamily.Spot, 1, 0));
        TraceScore good = RuleScorer.Score(trace);
        Assert.Equal(5, good.Quality);
        Assert.InRange(good.Difficulty, 0.1, 0.9);
        TrajectoryTurn[] turns = [.. trace.Trajectory.Turns];
        turns[1] = turns[1] with { Invocations = [turns[1].Invocations[0] with { IsError = true }] };
        TraceScore failed = RuleScorer.Score(trace with { Trajectory = trace.Trajectory with { Turns = turns } });
        Assert.Equal(3, failed.Quality);
        Assert.Single(failed.Remarks);
        Assert.Equal(1, RuleScorer.Score(trace with { Trajectory = trace.Trajectory with { Answer = "no" } }).Quality);
        TrainingTrace trap = RuleScorer.Apply(trace with { Kind = TraceKind.TrapLogical }, new TraceScore(3.2, 0.5, []));
        Assert.Equal(1.5 * Math.Sqrt(3.2 / 5), trap.Weight, 6);
    }

    [Fact]
    public async Task AJudgeIsAskedAgainAndItsSpreadIsReported()
    {
        TrainingTrace trace = new GroundingGenerator().Create(GroundingTask.Glyph, 1, 0);
        using var client = new FixedReplies("Fine. Score: 5", "Bad. Score: 1", "Score: 3", "no number", "Score: 9");
        var judge = new TraceJudge(client, new JudgeOptions { RescoreShare = 1, Rescores = 4 });
        JudgeResult result = await judge.ScoreAsync(trace);
        Assert.Equal(5, client.Asked);
        Assert.Equal(3, result.Quality);
        Assert.True(result.IsInconsistent);
        using var silent = new FixedReplies("I would rather not.");
        Assert.Null((await new TraceJudge(silent, new JudgeOptions { RescoreShare = 0 }).ScoreAsync(trace)).Quality);
    }

    private sealed class FixedReplies(params string[] replies) : IChatClient
    {
        public int Asked { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, replies[Asked++ % replies.Length])));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
